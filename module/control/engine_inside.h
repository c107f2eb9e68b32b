/* SPDX-License-Identifier: GPL-2.0 */
/*
 * engine_inside.h - the engine's own data, for engine.c and engine_view.c
 */
#ifndef _TB_ENGINE_INSIDE_H
#define _TB_ENGINE_INSIDE_H

#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/wait.h>

#include "config/config.h"
#include "engine.h"

struct task_struct;
struct tb_result;
struct tb_run;

/**
 * struct tb_engine - the engine
 * @lock: protects all but what is marked; its order: engine.c
 * @config: the parameters and knobs as they are now
 * @run: the run that is on, or NULL; the engine's thread looks without the lock
 * whether there is one
 * @result: the last one, or NULL
 * @ended: how the last run ended, or idle
 * @run_id: its number, or that of the run that is on; 0: none since reset
 * @lock_id: the lock it was of
 * @serial: see tb_engine_serial(); also read without the lock
 * @given_up: the run that is on is stuck, and that was said
 * @pinned: and it keeps the module
 * @changed: waits for @serial to change
 * @task: executes the runs
 * @work: where it waits for one
 */
struct tb_engine {
	struct mutex lock; /* see above */
	struct tb_config config;
	struct tb_run *run;
	struct tb_result *result;
	enum tb_state ended;
	u32 run_id;
	u32 lock_id;
	u64 serial;
	bool given_up;
	bool pinned;
	wait_queue_head_t changed;

	struct task_struct *task;
	wait_queue_head_t work;
};

extern struct tb_engine tb_engine;

#endif /* _TB_ENGINE_INSIDE_H */
