// SPDX-License-Identifier: GPL-2.0
/*
 * env.c - what the running kernel is like
 */
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/string.h>

#include "compat.h"
#include "env.h"
#include "sim.h"

/* CPUID leaf 1, ECX bit 31: a hypervisor is present; it names itself here. */
#define CPUID_HYPERVISOR_BIT BIT(31)
#define CPUID_HYPERVISOR_LEAF 0x40000000

/**
 * tb_env_preempt() - the preemption model in force
 *
 * Return: none, voluntary, full, lazy or rt
 */
const char *tb_env_preempt(void)
{
	return compat_preempt_model();
}

/**
 * tb_env_proxy_exec() - can the owner of a mutex run for its waiters?
 *
 * The boot command line may turn it off, which no module can see.
 *
 * Return: none or built_in
 */
const char *tb_env_proxy_exec(void)
{
	return IS_ENABLED(CONFIG_SCHED_PROXY_EXEC) ? "built_in" : "none";
}

/**
 * tb_env_hypervisor() - what the kernel runs on
 *
 * Return: none, uml, tcg, kvm, sim or other
 */
const char *tb_env_hypervisor(void)
{
	static const struct {
		const char *signature, *name;
	} known[] = {
		{ "TCGTCGTCGTCG", "tcg" },
		{ "KVMKVMKVM\0\0\0", "kvm" },
	};
	u32 a, b, c, d, i;
	char signature[12];

	if (TB_SIM)
		return "sim";
	if (IS_ENABLED(CONFIG_UML))
		return "uml";
	compat_cpuid(1, &a, &b, &c, &d);
	if (!(c & CPUID_HYPERVISOR_BIT))
		return "none";
	compat_cpuid(CPUID_HYPERVISOR_LEAF, &a, &b, &c, &d);
	memcpy(signature, &b, 4);
	memcpy(signature + 4, &c, 4);
	memcpy(signature + 8, &d, 4);
	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (!memcmp(signature, known[i].signature, sizeof(signature)))
			return known[i].name;
	return "other";
}

/**
 * tb_env_times() - what times mean here
 *
 * Return: ok; meaningless on an emulated processor, where counts hold; simulated:
 * those of a model
 */
const char *tb_env_times(void)
{
	if (TB_SIM)
		return "simulated";
	return strcmp(tb_env_hypervisor(), "tcg") ? "ok" : "meaningless";
}

/**
 * tb_env_debug() - options of this kernel that distort times
 * @buf: gets a comma list, or "none"
 * @len: its size, 128 suffices
 */
void tb_env_debug(char *buf, size_t len)
{
	static const struct {
		bool on;
		const char *name;
	} options[] = {
		{ IS_ENABLED(CONFIG_PROVE_LOCKING), "lockdep" },
		{ IS_ENABLED(CONFIG_LOCK_STAT), "lock_stat" },
		{ IS_ENABLED(CONFIG_DEBUG_MUTEXES), "mutexes" },
		{ IS_ENABLED(CONFIG_DEBUG_SPINLOCK), "spinlock" },
		{ IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP), "atomic_sleep" },
		{ IS_ENABLED(CONFIG_KASAN), "kasan" },
		{ IS_ENABLED(CONFIG_KCSAN) && !TB_SIM, "kcsan" },
		{ IS_ENABLED(CONFIG_DEBUG_OBJECTS), "objects" },
		{ IS_ENABLED(CONFIG_DEBUG_KMEMLEAK), "kmemleak" },
	};
	size_t at = 0;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(options); i++)
		if (options[i].on)
			at += scnprintf(buf + at, len - at, "%s%s",
					at ? "," : "", options[i].name);
	if (!at)
		scnprintf(buf, len, "none");
}
