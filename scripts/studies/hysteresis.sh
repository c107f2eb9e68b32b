# shellcheck shell=bash
#
# hysteresis - threads come, threads go: is everything as it was?
#
# After the report golang/go #33747: a mutex that changes to strict hand-over when
# a thread has waited too long stayed slow until the load fell far below what it had
# borne before. One window in nine parts, 1 to 16 threads per CPU and back again.

run --lock=mutex,semaphore,lockmgr,token-backoff,token-handoff --threads-per-cpu=16 \
	--phases=1/2/4/8/16/8/4/2/1 --hold-ns=30us --think-ns=30us --duration-ms=900

note <<'END'
Compare the same number of threads on the way up and down: less on the way down is
hysteresis. The order in which the parts come is the only thing that differs.
END

claim back 'with one thread per CPU again, each lock does 0.9 or more of what it did before' \
	'time mutex,semaphore,lockmgr,token-backoff,token-handoff: phases.8.ops / phases.0.ops >= 0.9'
claim down 'with four again, on the way down, 0.9 or more of what it did on the way up' \
	'time mutex,semaphore,lockmgr,token-backoff,token-handoff: phases.6.ops / phases.2.ops >= 0.9'
