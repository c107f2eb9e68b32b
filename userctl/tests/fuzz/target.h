/* SPDX-License-Identifier: GPL-2.0 */
/* What the fuzzer, and the replay of what it has found, know of a parser. */
#ifndef _TARGET_H
#define _TARGET_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/**
 * struct target - A parser under test
 * @name: what FUZZ_TARGET calls it
 * @run: whatever the bytes are, it comes back, and the parser kept its promises
 * @json: inputs are JSON, and changed as such
 */
struct target {
	const char *name;
	void (*run)(const uint8_t *data, size_t size);
	bool json;
};

extern const struct target target_module_text;
extern const struct target target_module_config;
extern const struct target target_args;
extern const struct target target_result;
extern const struct target target_tables;
extern const struct target target_doc;
extern const struct target target_compare;
extern const struct target target_resume;

const struct target *target_find(void);

/* libFuzzer's names. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned int seed);

/* A text to be freed, with a NUL behind it. */
char *target_text(const uint8_t *data, size_t size);

/* Cut @text at the next line of "---"; the first piece, NULL: none is left. */
char *target_piece(char **text);

/* A stream whose text nobody reads. */
FILE *target_sink(void);

/* A stream whose text is for a terminal, which nothing foreign may drive. */
struct screen {
	FILE *f;
	char *text;
	size_t len;
};

void screen_open(struct screen *s);
void screen_close(struct screen *s);

/* module_bridge.c: does the module take what tokctl would write? */
bool bridge_sets(const char *name, const char *value);

/* mutate.c */
size_t mutate_json(uint8_t *data, size_t size, size_t max, unsigned int seed);

#endif /* _TARGET_H */
