/* SPDX-License-Identifier: GPL-2.0 */
/* What --groups and --phases take: texts whose pieces stand between '/'. */
#ifndef _GROUPSARG_H
#define _GROUPSARG_H

#include "base/msg.h"

char *groupsarg_parse(const char *text, struct msg *m);
char *groupsarg_parse_phases(const char *text, struct msg *m);

#endif /* _GROUPSARG_H */
