// SPDX-License-Identifier: GPL-2.0
/*
 * Ways for a kernel to die, for guests of the lab:
 *
 *   echo WAY >/sys/module/inquest_lab/parameters/die
 *
 * Each way is a function of its own, inquest_WAY, so that a report can be asked for its name.
 * They are written to fail, and to be found: noinline, and without a call in last place that the
 * compiler would turn into a jump. The guest sets the limits that each needs (live.sh).
 */
#include <linux/delay.h>
#include <linux/irqflags.h>
#if __has_include(<linux/kfence.h>) /* since 5.12 */
#include <linux/kfence.h>
#else
#define is_kfence_address(object) false
#endif
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

struct inquest_object {
	unsigned long number;
	struct list_head node;
	struct inquest_object *next;
	char text[64];
};

static struct inquest_object *volatile none;

static noinline void inquest_bug(void)
{
	BUG();
}

static noinline void inquest_warn(void)
{
	WARN(1, "inquest lab: a warning that is not to be ignored\n");
	barrier();
}

static noinline void inquest_panic(void)
{
	panic("inquest lab: no reason given");
}

/* The entry's neighbour no longer points back. */
static noinline void inquest_list(void)
{
	static LIST_HEAD(head);
	static struct inquest_object one, two;

	list_add_tail(&one.node, &head);
	list_add_tail(&two.node, &head);
	WRITE_ONCE(one.node.next, (struct list_head *)&none);
	list_del(&two.node);
	barrier();
}

static noinline void inquest_softlockup(void)
{
	preempt_disable();
	for (;;)
		cpu_relax();
}

/* No interrupt comes through: only an NMI sees this CPU. */
static noinline void inquest_hardlockup(void)
{
	local_irq_disable();
	for (;;)
		cpu_relax();
}

static noinline void inquest_rcustall(void)
{
	rcu_read_lock();
	preempt_disable();
	for (;;)
		cpu_relax();
}

static DEFINE_MUTEX(inquest_a);
static DEFINE_MUTEX(inquest_b);

static noinline int inquest_take_ab(void *unused)
{
	mutex_lock(&inquest_a);
	msleep(500);
	mutex_lock(&inquest_b);
	mutex_unlock(&inquest_b);
	mutex_unlock(&inquest_a);
	return 0;
}

static noinline int inquest_take_ba(void *unused)
{
	mutex_lock(&inquest_b);
	msleep(500);
	mutex_lock(&inquest_a);
	mutex_unlock(&inquest_a);
	mutex_unlock(&inquest_b);
	return 0;
}

static noinline void inquest_deadlock(void)
{
	kthread_run(inquest_take_ab, NULL, "inquest_ab");
	kthread_run(inquest_take_ba, NULL, "inquest_ba");
	barrier();
}

/* A cache whose freed objects are filled with 0x6b, without the boot parameter for it. */
static noinline void inquest_uaf(void)
{
	struct kmem_cache *cache = kmem_cache_create("inquest_object", sizeof(struct inquest_object), 0,
						     SLAB_POISON | SLAB_RED_ZONE | SLAB_STORE_USER, NULL);
	struct inquest_object *volatile object = kmem_cache_zalloc(cache, GFP_KERNEL);

	object->next = object;
	kmem_cache_free(cache, object);
	object->next->number = 1;
	barrier();
}

static noinline void inquest_vfree(void)
{
	struct inquest_object *volatile object = vzalloc(8 * PAGE_SIZE);

	vfree(object);
	vm_unmap_aliases();
	object->number = 1;
	barrier();
}

/* KFENCE guards few allocations: takes one after the other until it is one of those. */
static noinline void inquest_kfence(void)
{
	struct inquest_object *volatile object;
	int i;

	for (i = 0; i < 20000; i++) {
		object = kmalloc(sizeof(*object), GFP_KERNEL);
		kfree(object);
		if (is_kfence_address(object)) {
			pr_info("inquest lab: number %lu\n", object->number);
			return;
		}
		usleep_range(500, 1000);
	}
}

static noinline void inquest_refcount(void)
{
	refcount_t count = REFCOUNT_INIT(1);
	bool last = refcount_dec_and_test(&count);

	refcount_inc(&count);
	pr_info("inquest lab: last %d\n", last);
}

static noinline void inquest_divide(void)
{
	static volatile unsigned long by, of = 7;

	of = of / by;
}

static noinline void inquest_atomic(void)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	schedule_timeout_uninterruptible(1);
	spin_unlock(&lock);
}

/* Writes on behind an array, over the canary only. */
static noinline void inquest_stackprotector(void)
{
	char text[32];
	volatile char *p = text;
	int i;

	for (i = 0; i < 40; i++)
		p[i] = 'x';
	barrier();
}

static noinline unsigned long inquest_recurse(unsigned long depth)
{
	volatile unsigned long room[16];

	room[depth % 16] = depth;
	return depth == ~0UL ? 0 : inquest_recurse(depth + 1) + room[depth % 16];
}

static noinline void inquest_recursion(void)
{
	pr_info("inquest lab: %lu\n", inquest_recurse(0));
}

/* On the other CPU, in the interrupt that asks for it. */
static noinline void inquest_in_irq(void *unused)
{
	none->number = 1;
	barrier();
}

static noinline void inquest_irq(void)
{
	int cpu = cpumask_any_but(cpu_online_mask, get_cpu());

	smp_call_function_single(cpu, inquest_in_irq, NULL, 1);
	put_cpu();
}

static const struct {
	const char *name;
	void (*die)(void);
} ways[] = {
	{ "bug", inquest_bug },
	{ "warn", inquest_warn },
	{ "panic", inquest_panic },
	{ "list", inquest_list },
	{ "softlockup", inquest_softlockup },
	{ "hardlockup", inquest_hardlockup },
	{ "rcustall", inquest_rcustall },
	{ "deadlock", inquest_deadlock },
	{ "uaf", inquest_uaf },
	{ "vfree", inquest_vfree },
	{ "kfence", inquest_kfence },
	{ "refcount", inquest_refcount },
	{ "divide", inquest_divide },
	{ "atomic", inquest_atomic },
	{ "stackprotector", inquest_stackprotector },
	{ "recursion", inquest_recursion },
	{ "irq", inquest_irq },
};

static int die(const char *value, const struct kernel_param *unused)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ways); i++) {
		if (sysfs_streq(value, ways[i].name)) {
			ways[i].die();
			return 0;
		}
	}
	return -EINVAL;
}

static const struct kernel_param_ops die_ops = { .set = die };
module_param_cb(die, &die_ops, NULL, 0200);

static int __init inquest_lab_init(void) { return 0; }
static void __exit inquest_lab_exit(void) { }
module_init(inquest_lab_init);
module_exit(inquest_lab_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Ways for a kernel to die, for tests of Inquest");
