/* What compilers write about the shapes that kernel sources use. See make-fixtures. */
struct shape;
typedef unsigned int u32;
typedef int (*visitor)(const struct shape *s, void *data, ...);

enum colour { RED, GREEN = 5, BLUE = 0x7fffffff };
enum sign { MINUS = -1, NONE, PLUS };
enum { FIRST_FLAG = 1, SECOND_FLAG = 2 };

struct later;

struct node {
	struct node *next, **pprev;
};

struct shape {
	char name[16];
	u32 kind : 3, size : 29;
	unsigned long long wide : 40;
	union {
		struct node node;
		struct {
			const volatile unsigned long key;
			double weight;
		};
	};
	enum colour colour;
	enum sign sign;
	_Bool visible;
	int grid[2][3];
	visitor visit;
	struct later *later;
	unsigned char tail[];
};

struct shape *shapes[4];
extern struct shape first_shape;
struct shape first_shape = { .name = "first" };
static int count = 42;

static inline __attribute__((always_inline)) int twice(int n)
{
	return n + n + count;
}

int __attribute__((noinline)) visit_shape(struct shape *s, int depth)
{
	int sum = twice(depth);

	if (s && s->visit)
		sum += s->visit(s, shapes[depth & 3]);
	return sum + twice(sum);
}

int flags(void)
{
	return FIRST_FLAG | SECOND_FLAG;
}
