/* progress.h: the line that moves while modules are compiled. */
#pragma once
#include "drive/plan.h"

typedef struct Progress Progress;
Progress *progress_new(void);
PlanProgress progress_show;                 /* arg: a Progress */
void progress_end(Progress *p);             /* takes the line away */
double progress_seconds(const Progress *p); /* since progress_new */
