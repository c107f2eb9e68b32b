/* SPDX-License-Identifier: GPL-2.0 */
/*
 * engine.h - owns the configuration, the run that is on, and the last result
 *
 * All functions: process context, may sleep. Locking is the engine's own
 * business (engine.c).
 */
#ifndef _TB_ENGINE_H
#define _TB_ENGINE_H

#include <linux/types.h>
#include <linux/wait.h>

#include "uapi/tokbench.h"

struct tb_result;
struct tb_text;

#define TB_STATE_ENUM(word) TB_STATE_##word,
enum tb_state { TB_STATES(TB_STATE_ENUM) TB_STATE_COUNT };
#undef TB_STATE_ENUM

/* Room for the line of the file state. */
#define TB_STATE_MAX 128

const char *tb_state_word(enum tb_state state);

int tb_engine_init(void);
void tb_engine_exit(void);
int tb_engine_set(unsigned int setting, const char *text, size_t len);
int tb_engine_get(unsigned int setting, char *buf, size_t len);
int tb_engine_start(void);
int tb_engine_check(void);
int tb_engine_stop(void);
int tb_engine_reset(void);
int tb_engine_bench(void);
int tb_engine_state(char *buf, size_t len, u64 *serial);
void tb_engine_dump(struct tb_text *t);
u64 tb_engine_serial(void);
wait_queue_head_t *tb_engine_waitqueue(void);
struct tb_result *tb_engine_result(void);

#endif /* _TB_ENGINE_H */
