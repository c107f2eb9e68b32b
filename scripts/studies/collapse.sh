# shellcheck shell=bash
#
# collapse - more CPUs, less done: locks whose waiters poll one cache line
#
# After Boyd-Wickizer, Kaashoek, Morris and Zeldovich, "Non-scalable locks are
# dangerous", OLS 2012: with a ticket lock throughput rises with the CPUs and then
# falls within a few more, even for short sections. spinlock is Linux's own, which
# is queued: each waiter polls a line of its own.

cpus=() n=$(nproc)
for ((i = 1; i < n; i *= 2)); do
	cpus+=("--cpus=0-$((i - 1))")
done
cpus+=("--cpus=0-$((n - 1))")
run --lock=ticket,tas,spinlock "${cpus[@]}" --hold-ns=100ns --think-ns=4us

note <<'END'
The lines about the model are a prediction from think, hold and the measured time of a
cache line on its way between two CPUs. On a machine with fewer CPUs than its knee the
table cannot show the fall, and where CPUs are not always there (a virtual machine on a
busy host) it shows the host. With three numbers of CPUs or more, the same model is
fitted to the points, and its line stands below: a fit, beside the prediction.
END

most=0-$((n - 1))
claim fall 'a ticket lock does less than half on all CPUs of what it does on eight' \
	"ratio ticket[cpus=$most] / ticket[cpus=0-7]: ops_per_s < 0.5"
claim flat 'a queued spinlock keeps 0.8 there' "ratio spinlock[cpus=$most] / spinlock[cpus=0-7]: ops_per_s >= 0.8"
claim gain 'there a queue gains 3.5 times or more, as published' "ratio spinlock / ticket: ops_per_s >= 3.5 where cpus=$most"
