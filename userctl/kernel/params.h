/* SPDX-License-Identifier: GPL-2.0 */
/* The parameters of a run, made from TB_PARAMS, and behind them its knobs. */
#ifndef _PARAMS_H
#define _PARAMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/msg.h"
#include "base/units.h"
#include "uapi/tokbench.h"

enum param_id {
#define X(name, ...) PARAM_##name,
	TB_PARAMS(X)
#undef X
		FIRST_KNOB,
	LAST_BUT_KNOBS = FIRST_KNOB - 1,
#define X(name, ...) PARAM_token_##name,
	LWKT_KNOBS(X)
#undef X
		NR_PARAMS
};

enum param_kind {
	PARAM_KIND_LOCK,
	PARAM_KIND_CPUS,
	PARAM_KIND_GROUPS,
	PARAM_KIND_PHASES,
	PARAM_KIND_ORDER,
	PARAM_KIND_PICK,
	PARAM_KIND_DIST,
	PARAM_KIND_SUBSTRATE,
	PARAM_KIND_MEASURE,
	PARAM_KIND_SCHED,
	PARAM_KIND_FAULT,
	PARAM_KIND_COLLISIONS,
	PARAM_KIND_UINT,
};

/**
 * struct param - One parameter, or knob
 * @name: as in results; a knob's is "token.NAME"
 * @kind: how its values are written
 * @unit: of a PARAM_KIND_UINT: "ns", "us", "ms" or ""
 * @def: default: a number, or an index into the words; a knob has none, it is
 *	 the lock's
 * @min: smallest number allowed
 * @max: largest number allowed
 * @doc: one line for people
 */
struct param {
	const char *name;
	enum param_kind kind;
	const char *unit;
	uint64_t def;
	uint64_t min;
	uint64_t max;
	const char *doc;
};

#define PARAM_OPTION_MAX 32
#define PARAM_FILE_MAX 64

extern const struct param params[NR_PARAMS];

bool params_is_knob(enum param_id id);
const char *params_base(enum param_id id);
const char *params_file(enum param_id id, char file[PARAM_FILE_MAX]);
const char *params_option(enum param_id id);
const char *params_alias(enum param_id id);
const char *params_show(enum param_id id, const char *value,
			char out[UNITS_MAX]);
const char *params_title(const char *name, char out[PARAM_FILE_MAX]);
enum param_id params_find(const char *name);
const char *const *params_words(enum param_kind kind);
char *params_default(enum param_id id);
bool params_is_text(enum param_kind kind);
char *params_parse(enum param_id id, const char *text, struct msg *m);
bool params_equal(enum param_id id, const char *asked, const char *echoed);

#endif /* _PARAMS_H */
