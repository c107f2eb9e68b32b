# shellcheck shell=bash
#
# blocking - the holder sleeps: which threads get in, and what has changed meanwhile
#
# A token is not held while its thread sleeps, so that others make progress; a section
# that slept must then look again at what it read before. A mutex keeps both
# out. Every section sleeps for 1 ms; the lock is always wanted.

columns 'lock=lock' 'ops=totals.ops' '~asleep=totals.blocks*params.block_ns/totals.window_ns' \
	'stale/1000=totals.stale*1000/totals.blocks' '~byst. kept=totals.bystander_kept' \
	-- --lock=token-poll,token-ipi,token-backoff,token-handoff,lockmgr,mutex,rtmutex,semaphore \
	--threads-per-cpu=4 --bystanders=1 --hold-ns=10us --think-ns=0 --block-ns=1ms --block-every=1

note <<'END'
asleep: how many threads, on average, slept inside the section at the same time (at
least: sleeps of the length that was asked for); stale: of 1000 sleeps, those after
which another thread had been inside; byst. kept: the share of the CPUs that was left to
threads which need no lock. With a mutex all but one wait while the holder sleeps.
END

claim tokens 'while the holder of a token sleeps others get in: two or more sleep in the section' \
	'count token-poll,token-ipi,token-backoff,token-handoff: blocks * block_ns / window_ns > 2'
claim others 'locks that are kept let one thread sleep in the section at a time' \
	'count lockmgr,mutex,rtmutex,semaphore: (blocks - 1) * block_ns / window_ns <= 1'
claim stale 'after half of the sleeps or more another thread has been in' \
	'count token-poll,token-ipi,token-backoff,token-handoff: stale / blocks >= 0.5'
