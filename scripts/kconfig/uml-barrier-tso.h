/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The SMP barriers of an x86 processor, for User Mode Linux on x86.
 *
 * arch/x86/um/asm/barrier.h leaves these macros to asm-generic, which knows
 * nothing of the processor: every smp_store_release() and smp_load_acquire()
 * becomes an mfence, and so does each smp_rmb() and smp_wmb(). An mfence is
 * 14 to 17 ns. A native x86 kernel executes none there: x86 is TSO (Intel SDM
 * volume 3, "Memory Ordering"; Sewell et al., CACM 2010), so
 *
 *	- a store is never reordered with an older load or store: a release is
 *	  the store, and the compiler kept from moving accesses past it;
 *	- a load is never reordered with an older load: an acquire is the load;
 *	- only a store followed by a load of another address can be reordered. A
 *	  locked instruction orders them, at less than an mfence costs.
 *
 * User Mode Linux's virtual CPUs are threads of the host on such processors and
 * have no devices that do DMA, so the same holds for them. Each definition has
 * the effect of the one in arch/x86/include/asm/barrier.h. The kernel build puts
 * this file into arch/x86/um/asm/, where barrier.h includes it before the
 * generic definitions; modules get it from there as well. It is for 64 bits
 * only.
 */
#ifndef _ASM_UM_BARRIER_TSO_H_
#define _ASM_UM_BARRIER_TSO_H_

#define __smp_mb()	asm volatile("lock; addl $0, -4(%%rsp)" : : : "memory", "cc")
#define __smp_rmb()	barrier()
#define __smp_wmb()	barrier()

/* An exchange is a locked instruction: the store and the barrier in one. */
#define __smp_store_mb(var, value)	((void)xchg(&(var), value))

#define __smp_store_release(p, v)			\
do {							\
	compiletime_assert_atomic_type(*(p));		\
	barrier();					\
	WRITE_ONCE(*(p), v);				\
} while (0)

#define __smp_load_acquire(p)				\
({							\
	typeof(*(p)) __acquired = READ_ONCE(*(p));	\
							\
	compiletime_assert_atomic_type(*(p));		\
	barrier();					\
	__acquired;					\
})

/* Atomic read-modify-write operations are locked instructions already. */
#define __smp_mb__before_atomic()	do { } while (0)
#define __smp_mb__after_atomic()	do { } while (0)

#endif
