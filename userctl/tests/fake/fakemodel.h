/* SPDX-License-Identifier: GPL-2.0 */
/* What the fake module does; fakemod.c puts it behind system calls. */
#ifndef _FAKEMODEL_H
#define _FAKEMODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "uapi/tokbench.h"

#define VALUE_MAX 256

enum {
#define X(name, ...) P_##name,
	TB_PARAMS(X)
#undef X
		P_FIRST_KNOB,
	P_LAST_BUT_KNOBS = P_FIRST_KNOB - 1,
#define X(name, ...) P_token_##name,
	LWKT_KNOBS(X)
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

struct fake_param {
	const char *name, *kind, *unit;
	uint64_t def, min, max;
	const char *doc;
};

extern char fake_root[4096];
extern const char fake_variants[];
extern const struct fake_param fake_params[NR_P];

const char *fake_env(const char *name);
__attribute__((format(printf, 2, 3))) void fake_put(const char *name,
						    const char *fmt, ...);
void fake_get(const char *name, char *out);
void fake_load(void);
void fake_advance(struct fake *k);
int fake_control(struct fake *k, const char *word);

/* fakejudge.c */
bool fake_has_flag(const char *lock, const char *flag);
int fake_refuse(int error, const char *name, const char *value,
		const char *allowed);
int fake_config(struct fake *k, const char *name, const char *value);
int fake_check(const struct fake *k, const char *word);

/* fakeparams.c */
const char *fake_words(const char *kind);
const char *fake_knob_default(size_t p, const char *lock, char *out);
void fake_put_params(FILE *f);

/* fakeresult.c */
void fake_publish(const struct fake *k);

#endif /* _FAKEMODEL_H */
