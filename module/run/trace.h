/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trace.h - trace events tokbench:* of a run, for perf and trace-cmd
 *
 * Those of the LWKT port: lwkt/core/trace.h. An event that is off costs a jump
 * over nothing.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM tokbench

#if !defined(_TB_RUN_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TB_RUN_TRACE_H

#include <linux/tracepoint.h>

/* A run went into another phase: 0 armed, 1 warm, 2 run, 3 cool. */
TRACE_EVENT(tokbench_phase,
	TP_PROTO(u32 run, unsigned int phase),
	TP_ARGS(run, phase),
	TP_STRUCT__entry(
		__field(u32, run)
		__field(unsigned int, phase)
	),
	TP_fast_assign(
		__entry->run = run;
		__entry->phase = phase;
	),
	TP_printk("run=%u phase=%u", __entry->run, __entry->phase)
);

/* A CPU of a run was calibrated: a loop of busy work, or an operation of none. */
TRACE_EVENT(tokbench_calibrate,
	TP_PROTO(u32 run, int cpu, bool none, u64 ps),
	TP_ARGS(run, cpu, none, ps),
	TP_STRUCT__entry(
		__field(u32, run)
		__field(int, cpu)
		__field(bool, none)
		__field(u64, ps)
	),
	TP_fast_assign(
		__entry->run = run;
		__entry->cpu = cpu;
		__entry->none = none;
		__entry->ps = ps;
	),
	TP_printk("run=%u cpu=%d none=%d ps=%llu", __entry->run, __entry->cpu,
		  __entry->none, __entry->ps)
);

#endif /* _TB_RUN_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH run
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
