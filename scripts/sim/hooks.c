// SPDX-License-Identifier: GPL-2.0
/*
 * hooks.c - what the compiler calls at each access to memory (-fsanitize=thread), and
 * Linux at each atomic operation in assembly (linux/instrumented.h): the simulated
 * machine is told. Takes the place of kernel/kcsan/.
 *
 * A call comes before its access, and nothing of this CPU is between the two.
 */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/kcsan.h>
#include <linux/kcsan-checks.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/thread_info.h>
#include <linux/types.h>
#include <uml_sim.h>

static __always_inline void tell(const volatile void *address, size_t size,
				 int type)
{
	if (type & KCSAN_ACCESS_ASSERT)
		return;
	if (!(type & KCSAN_ACCESS_WRITE)) {
		uml_sim_access(address, size, UML_SIM_READ);
	} else if (!(type & KCSAN_ACCESS_COMPOUND)) {
		uml_sim_access(address, size, UML_SIM_WRITE);
	} else if (type & KCSAN_ACCESS_ATOMIC) {
		uml_sim_access(address, size, UML_SIM_RMW);
	} else {
		/* x++ of a compiler that reports it as one. */
		uml_sim_access(address, size, UML_SIM_READ);
		uml_sim_access(address, size, UML_SIM_WRITE);
	}
}

void __kcsan_check_access(const volatile void *ptr, size_t size, int type)
{
	tell(ptr, size, type);
}
EXPORT_SYMBOL(__kcsan_check_access);

#define HOOK(name, type)                    \
	void __tsan_##name(void *ptr);      \
	void __tsan_##name(void *ptr)       \
	{                                   \
		tell(ptr, HOOK_SIZE, type); \
	}                                   \
	EXPORT_SYMBOL(__tsan_##name)

#define HOOKS(size)                                                         \
	HOOK(read##size, 0);                                                \
	HOOK(unaligned_read##size, 0);                                      \
	HOOK(volatile_read##size, 0);                                       \
	HOOK(unaligned_volatile_read##size, 0);                             \
	HOOK(write##size, KCSAN_ACCESS_WRITE);                              \
	HOOK(unaligned_write##size, KCSAN_ACCESS_WRITE);                    \
	HOOK(volatile_write##size, KCSAN_ACCESS_WRITE);                     \
	HOOK(unaligned_volatile_write##size, KCSAN_ACCESS_WRITE);           \
	HOOK(read_write##size, KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND); \
	HOOK(unaligned_read_write##size,                                    \
	     KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND)

#define HOOK_SIZE 1
HOOKS(1);
#undef HOOK_SIZE
#define HOOK_SIZE 2
HOOKS(2);
#undef HOOK_SIZE
#define HOOK_SIZE 4
HOOKS(4);
#undef HOOK_SIZE
#define HOOK_SIZE 8
HOOKS(8);
#undef HOOK_SIZE
#define HOOK_SIZE 16
HOOKS(16);
#undef HOOK_SIZE

void __tsan_read_range(void *ptr, size_t size);
void __tsan_read_range(void *ptr, size_t size)
{
	tell(ptr, size, 0);
}
EXPORT_SYMBOL(__tsan_read_range);

void __tsan_write_range(void *ptr, size_t size);
void __tsan_write_range(void *ptr, size_t size)
{
	tell(ptr, size, KCSAN_ACCESS_WRITE);
}
EXPORT_SYMBOL(__tsan_write_range);

/* Of the builtins (__atomic_*), which the compiler has us carry out. */
#define ATOMIC(bits, name, type, operation, parameters...) \
	u##bits __tsan_atomic##bits##_##name(parameters);  \
	u##bits __tsan_atomic##bits##_##name(parameters)   \
	{                                                  \
		tell(ptr, bits / 8, type);                 \
		return operation;                          \
	}                                                  \
	EXPORT_SYMBOL(__tsan_atomic##bits##_##name)

#define RMW (KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND | KCSAN_ACCESS_ATOMIC)

#define ATOMICS(bits)                                                         \
	ATOMIC(bits, load, 0, __atomic_load_n(ptr, __ATOMIC_SEQ_CST),         \
	       const u##bits *ptr, int order);                                \
	ATOMIC(bits, store, KCSAN_ACCESS_WRITE,                               \
	       (__atomic_store_n(ptr, v, __ATOMIC_SEQ_CST), v), u##bits *ptr, \
	       u##bits v, int order);                                         \
	ATOMIC(bits, exchange, RMW,                                           \
	       __atomic_exchange_n(ptr, v, __ATOMIC_SEQ_CST), u##bits *ptr,   \
	       u##bits v, int order);                                         \
	ATOMIC(bits, fetch_add, RMW,                                          \
	       __atomic_fetch_add(ptr, v, __ATOMIC_SEQ_CST), u##bits *ptr,    \
	       u##bits v, int order);                                         \
	ATOMIC(bits, fetch_sub, RMW,                                          \
	       __atomic_fetch_sub(ptr, v, __ATOMIC_SEQ_CST), u##bits *ptr,    \
	       u##bits v, int order);                                         \
	ATOMIC(bits, fetch_and, RMW,                                          \
	       __atomic_fetch_and(ptr, v, __ATOMIC_SEQ_CST), u##bits *ptr,    \
	       u##bits v, int order);                                         \
	ATOMIC(bits, fetch_or, RMW,                                           \
	       __atomic_fetch_or(ptr, v, __ATOMIC_SEQ_CST), u##bits *ptr,     \
	       u##bits v, int order);                                         \
	ATOMIC(bits, fetch_xor, RMW,                                          \
	       __atomic_fetch_xor(ptr, v, __ATOMIC_SEQ_CST), u##bits *ptr,    \
	       u##bits v, int order)

ATOMICS(8);
ATOMICS(16);
ATOMICS(32);
ATOMICS(64);

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}
EXPORT_SYMBOL(__tsan_atomic_thread_fence);

/* What KCSAN does beside is not asked for here: its names remain. */
#define NOTHING(name, parameters...) \
	void name(parameters);       \
	void name(parameters)        \
	{                            \
	}                            \
	EXPORT_SYMBOL(name)

NOTHING(__tsan_init, void);
NOTHING(__tsan_func_entry, void *pc);
NOTHING(__tsan_func_exit, void);
NOTHING(__tsan_atomic_signal_fence, int order);
NOTHING(__kcsan_mb, void);
NOTHING(__kcsan_wmb, void);
NOTHING(__kcsan_rmb, void);
NOTHING(__kcsan_release, void);
NOTHING(kcsan_disable_current, void);
NOTHING(kcsan_enable_current, void);
NOTHING(kcsan_enable_current_nowarn, void);
NOTHING(kcsan_nestable_atomic_begin, void);
NOTHING(kcsan_nestable_atomic_end, void);
NOTHING(kcsan_flat_atomic_begin, void);
NOTHING(kcsan_flat_atomic_end, void);
NOTHING(kcsan_atomic_next, int n);
NOTHING(kcsan_set_access_mask, unsigned long mask);

void __init kcsan_init(void)
{
}

struct kcsan_scoped_access *
kcsan_begin_scoped_access(const volatile void *ptr, size_t size, int type,
			  struct kcsan_scoped_access *sa)
{
	return sa;
}
EXPORT_SYMBOL(kcsan_begin_scoped_access);

void kcsan_end_scoped_access(struct kcsan_scoped_access *sa)
{
}
EXPORT_SYMBOL(kcsan_end_scoped_access);

#ifndef __HAVE_ARCH_MEMSET
#error "memset() of the architecture is expected"
#endif

void *__tsan_memset(void *to, int c, size_t size);
void *__tsan_memset(void *to, int c, size_t size)
{
	tell(to, size, KCSAN_ACCESS_WRITE);
	return memset(to, c, size);
}
EXPORT_SYMBOL(__tsan_memset);

void *__tsan_memmove(void *to, const void *from, size_t size);
void *__tsan_memmove(void *to, const void *from, size_t size)
{
	tell(from, size, 0);
	tell(to, size, KCSAN_ACCESS_WRITE);
	return memmove(to, from, size);
}
EXPORT_SYMBOL(__tsan_memmove);

void *__tsan_memcpy(void *to, const void *from, size_t size);
void *__tsan_memcpy(void *to, const void *from, size_t size)
{
	tell(from, size, 0);
	tell(to, size, KCSAN_ACCESS_WRITE);
	return memcpy(to, from, size);
}
EXPORT_SYMBOL(__tsan_memcpy);

void uml_sim_place(int cpu, const void *sp, char *buf, unsigned long size)
{
	unsigned long end = ALIGN((unsigned long)sp + 1, THREAD_SIZE);
	const unsigned long *word = sp;
	char name[KSYM_SYMBOL_LEN];
	size_t len;

	len = scnprintf(buf, size, "%s:", cpu_tasks[cpu]->comm);
	for (; (unsigned long)word < end; word++) {
		if (!kernel_text_address(*word))
			continue;
		sprint_symbol(name, *word);
		/* The begin of a function is a pointer to it, not a call out of it. */
		if (!strstr(name, "+0x0/"))
			len += scnprintf(buf + len, size - len, " %s", name);
	}
}

/* __udelay() and __ndelay() are made of it. A loop takes a nanosecond: lpj= says so. */
void __delay(unsigned long loops)
{
	uml_sim_work(loops);
}

EXPORT_SYMBOL_GPL(uml_sim_relax);
EXPORT_SYMBOL_GPL(uml_sim_wait);
EXPORT_SYMBOL_GPL(uml_sim_work);
EXPORT_SYMBOL_GPL(uml_sim_nsecs);
EXPORT_SYMBOL_GPL(uml_sim_model);
EXPORT_SYMBOL_GPL(uml_sim_machine);
EXPORT_SYMBOL_GPL(uml_sim_seed);
EXPORT_SYMBOL_GPL(uml_sim_hash);
EXPORT_SYMBOL_GPL(uml_sim_accesses);
