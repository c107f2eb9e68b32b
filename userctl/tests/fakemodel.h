/* SPDX-License-Identifier: GPL-2.0 */
/* What the fake module does; fakemod.c puts it behind system calls. */
#ifndef _FAKEMODEL_H
#define _FAKEMODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "uapi/tokbench.h"

#define VALUE_MAX 256

enum {
#define X(name, ...) P_##name,
	TB_PARAMS(X)
#undef X
		NR_P
};

/* All there is to know about the module; the content of .run. */
struct fake {
	uint64_t run;
	bool on;
	bool stopped;
	bool over;
	uint64_t started_ms;
	uint64_t warmup_ms;
	uint64_t duration_ms;
	uint64_t elapsed_ms;
	char values[NR_P][VALUE_MAX];
};

extern char fake_root[4096];

const char *fake_env(const char *name);
void fake_load(void);
void fake_advance(struct fake *k);
void fake_publish(const struct fake *k);
int fake_refuse(int error, const char *name, const char *value,
		const char *allowed);
int fake_config(struct fake *k, const char *name, const char *value);
int fake_control(struct fake *k, const char *word);

#endif /* _FAKEMODEL_H */
