/* SPDX-License-Identifier: GPL-2.0 */
/* Files of /proc and /sys, as far as a result says what is in them. */
#ifndef _ENV_FILE_H
#define _ENV_FILE_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define ENV_LINE_MAX 256

/* Name of the environment variable: a folder in place of /. */
#define ENV_ROOT "TOKBENCH_SYSROOT"

FILE *env_open(const char *path);
bool env_line(const char *path, char out[ENV_LINE_MAX]);
void env_add_bool(struct json_object *env, const char *key, const char *path,
		  bool inverted);

/* env_cpu.c */
void env_add_cpus(struct json_object *env);

#endif /* _ENV_FILE_H */
