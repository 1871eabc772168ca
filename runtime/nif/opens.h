/* opens.h: included by the tables of a program that is linked dynamically, once. */
#pragma once

struct NifOpened;
void brc_nif_dlopen(const char *path, struct NifOpened *out);
void (*const brc_nif_open)(const char *path, struct NifOpened *out) = brc_nif_dlopen;
void brc_nif_dlclose(void *handle);
void (*const brc_nif_close)(void *handle) = brc_nif_dlclose;
