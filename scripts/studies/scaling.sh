# shellcheck shell=bash
#
# scaling - more threads on the same CPUs: which locks gain, where is the knee, which collapse
#
# After Gunther, "Guerrilla Capacity Planning", Springer 2007: the Universal
# Scalability Law describes throughput against the number of threads by sigma, for
# what is done one after the other, and kappa, for what each pair of threads costs.
# With sections of 2 us and 6 us of thought between them, one lock is taken all the
# time from four threads on, if they run at once.

threads 4 8 16 32 64
few=${SHARE%%,*} most=${SHARE##*,}
run --lock=mutex,spinlock,ticket,token-poll,token-backoff,token-handoff --cpus="$CPUS" \
	--threads-per-cpu="$SHARE" --hold-ns=2us --think-ns=6us --repeats=6 --duration-ms=100

note <<'END'
The last table is a fit to the medians above it. With more threads than CPUs the law is
a description and no more: kappa is then also what the scheduler takes to pass the CPU
on. An interval of kappa that begins at 0 is no collapse; for narrower intervals add
numbers of threads rather than repeats, like --threads-per-cpu=1,2,3,4,6,8,12,16.
END

claim handoff 'a token that is handed over keeps 0.9 of its throughput from 4 threads to 64' \
	"ratio token-handoff[threads_per_cpu=$most] / token-handoff[threads_per_cpu=$few]: ops_per_s >= 0.9"
claim poll 'the tokens of 2010 do not' \
	"ratio token-poll[threads_per_cpu=$most] / token-poll[threads_per_cpu=$few]: ops_per_s < 0.9"
claim ticket 'a ticket lock, whose turn may be that of a thread without a CPU, does less than half' \
	"ratio ticket[threads_per_cpu=$most] / ticket[threads_per_cpu=$few]: ops_per_s < 0.5"
