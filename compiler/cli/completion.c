/* completion.c: the command completion: a shell's script that knows the commands and their flags.
 */
#include "cli/commands.h"
#include "cli/flags.h"
#include "base/diag.h"
#include <stdio.h>

static bool takes(size_t command, const Flag *f) {
    return (f->commands & BIT(command)) && f->about;
}

static bool names_folder(const Flag *f) {
    return f->value && strcmp(f->value, "DIR") == 0;
}

/* ---- bash ---- */

static void bash_flags(size_t command) {
    for (size_t i = 0; i < flag_count; i++)
        if (takes(command, &flags[i])) printf("%s ", flags[i].name);
}

static void bash(void) {
    puts("# bash completion of beamrc\n"
         "_beamrc() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} flags=\n"
         "    case ${COMP_WORDS[1]} in");
    for (size_t c = 0; c < command_count; c++) {
        printf("    %s) flags='", commands[c].name);
        bash_flags(c);
        puts("' ;;");
    }
    fputs("    esac\n"
          "    if [ \"$COMP_CWORD\" = 1 ]; then\n"
          "        COMPREPLY=($(compgen -W '",
          stdout);
    for (size_t c = 0; c < command_count; c++)
        printf("%s ", commands[c].name);
    puts("--help --version' -- \"$word\"))\n"
         "    elif [ \"$before\" = --target ]; then\n"
         "        COMPREPLY=($(compgen -W 'x86_64-linux aarch64-linux' -- \"$word\"))\n"
         "    elif [[ $word == -* ]]; then\n"
         "        COMPREPLY=($(compgen -W \"$flags\" -- \"$word\"))\n"
         "    elif [ \"${COMP_WORDS[1]}\" = completion ]; then\n"
         "        COMPREPLY=($(compgen -W 'bash zsh fish' -- \"$word\"))\n"
         "    else\n"
         "        COMPREPLY=($(compgen -f -- \"$word\"))\n"
         "    fi\n"
         "}\n"
         "complete -o filenames -F _beamrc beamrc");
}

/* ---- zsh ---- */

/* Between single quotes, where [ ] : have a meaning. */
static void zsh_text(const char *text) {
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            printf(strchr("[]:", *text) ? "\\%c" : "%c", *text);
    }
}

static void zsh(void) {
    puts("#compdef beamrc\n"
         "_beamrc() {\n"
         "    local -a commands=(");
    for (size_t c = 0; c < command_count; c++) {
        printf("        '%s:", commands[c].name);
        zsh_text(commands[c].about);
        puts("'");
    }
    puts("    )\n"
         "    if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
         "    case $words[2] in");
    for (size_t c = 0; c < command_count; c++) {
        printf("    %s) _arguments", commands[c].name);
        for (size_t i = 0; i < flag_count; i++) {
            if (!takes(c, &flags[i])) continue;
            printf(" '*%s[", flags[i].name);
            zsh_text(flags[i].about);
            fputs("]", stdout);
            if (flags[i].value) {
                fputs(":", stdout);
                zsh_text(flags[i].value);
                fputs(names_folder(&flags[i]) ? ":_files -/" : ":_files", stdout);
            }
            fputs("'", stdout);
        }
        puts(" '*:file:_files' ;;");
    }
    puts("    esac\n"
         "}\n"
         "compdef _beamrc beamrc");
}

/* ---- fish ---- */

static void fish_text(const char *text) {
    for (; *text; text++)
        printf(*text == '\'' || *text == '\\' ? "\\%c" : "%c", *text);
}

static void fish(void) {
    for (size_t c = 0; c < command_count; c++) {
        printf("complete -c beamrc -n __fish_use_subcommand -f -a %s -d '", commands[c].name);
        fish_text(commands[c].about);
        puts("'");
        for (size_t i = 0; i < flag_count; i++) {
            const Flag *f = &flags[i];
            if (!takes(c, f)) continue;
            bool is_long = f->name[1] == '-';
            printf("complete -c beamrc -n '__fish_seen_subcommand_from %s' %s %s%s -d '",
                   commands[c].name,
                   is_long               ? "-l"
                   : strlen(f->name) > 2 ? "-o"
                                         : "-s",
                   f->name + 1 + is_long, f->value ? " -r" : "");
            fish_text(f->about);
            puts("'");
        }
    }
}

int command_completion(const Options *o) {
    const char *shell = o->inputs.at[0];
    if (strcmp(shell, "bash") == 0)
        bash();
    else if (strcmp(shell, "zsh") == 0)
        zsh();
    else if (strcmp(shell, "fish") == 0)
        fish();
    else
        diag_fatal("completion knows bash, zsh and fish, not '%s'", shell);
    return 0;
}
