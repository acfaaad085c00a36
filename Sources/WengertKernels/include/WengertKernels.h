/// The arithmetic of a list: loops over blocks of doubles, without dependencies but the C library.
///
/// Laws that every function here keeps:
///  - a call with n = 1 gives, for each element, the same bits as one call for the whole block;
///  - results depend on the operands and on whether the machine has fused multiply-add, not on the
///    width of its vectors, on neighbours, alignment or the optimiser;
///  - inputs and outputs do not overlap, unless a comment says so.
#ifndef WENGERT_KERNELS_H
#define WENGERT_KERNELS_H

#include "WengertMachine.h"

#ifdef __cplusplus
extern "C" {
#endif

// Element-wise functions of one operand: y[i] = f(x[i]). NaN in gives NaN out.

void wl_neg(const double *x, double *restrict y, long n);
void wl_identity(const double *x, double *restrict y, long n);
void wl_square(const double *x, double *restrict y, long n);
void wl_reciprocal(const double *x, double *restrict y, long n);
void wl_magnitude(const double *x, double *restrict y, long n);
/// 1, -1, or a zero itself.
void wl_sign(const double *x, double *restrict y, long n);
/// 0 where x <= 0, x elsewhere.
void wl_relu(const double *x, double *restrict y, long n);
/// 1 where x is 0, 0 elsewhere.
void wl_not(const double *x, double *restrict y, long n);
void wl_exp(const double *x, double *restrict y, long n);
void wl_expm1(const double *x, double *restrict y, long n);
void wl_log(const double *x, double *restrict y, long n);
void wl_log1p(const double *x, double *restrict y, long n);
void wl_sin(const double *x, double *restrict y, long n);
void wl_cos(const double *x, double *restrict y, long n);
void wl_tan(const double *x, double *restrict y, long n);
void wl_asin(const double *x, double *restrict y, long n);
void wl_acos(const double *x, double *restrict y, long n);
void wl_atan(const double *x, double *restrict y, long n);
void wl_sinh(const double *x, double *restrict y, long n);
void wl_cosh(const double *x, double *restrict y, long n);
void wl_tanh(const double *x, double *restrict y, long n);
void wl_asinh(const double *x, double *restrict y, long n);
void wl_acosh(const double *x, double *restrict y, long n);
void wl_atanh(const double *x, double *restrict y, long n);
/// 1 / (1 + exp(-x)), accurate in both tails.
void wl_sigmoid(const double *x, double *restrict y, long n);
/// log(1 + exp(x)) as max(x, 0) + log1p(exp(-|x|)).
void wl_softplus(const double *x, double *restrict y, long n);
void wl_erf(const double *x, double *restrict y, long n);
void wl_sqrt(const double *x, double *restrict y, long n);
void wl_floor(const double *x, double *restrict y, long n);
void wl_ceil(const double *x, double *restrict y, long n);
/// To the nearest whole number, halves to the even one.
void wl_round(const double *x, double *restrict y, long n);

// Element-wise functions of two operands: z[i] = f(x[i * sx], y[i * sy]), sx and sy 0 or 1.
// A stride of 0 stretches one number over the block.

void wl_add(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
void wl_sub(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
void wl_mul(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
void wl_div(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
/// The product, and 0 where x is 0.
void wl_chain(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
// Comparisons give 1 or 0; what is not 0 counts as true.
void wl_less(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
void wl_greater(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
void wl_at_most(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
void wl_at_least(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
void wl_equal(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
void wl_unequal(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
void wl_and(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
void wl_or(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
/// The larger operand; NaN when either is (NumPy's maximum).
void wl_max(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
/// The smaller operand; NaN when either is (NumPy's minimum).
void wl_min(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
void wl_pow(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
/// The angle of the point (y, x), x the first operand's block and y the second's in atan2(x, y).
void wl_atan2(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
/// The length of (x, y), without overflow on the way.
void wl_hypot(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
/// The remainder of x / y with the sign of y (Python's and NumPy's %).
void wl_mod(const double *x, const double *y, double *restrict z, long n, long sx, long sy);
/// x log(y), and 0 where x is 0 and y is not NaN.
void wl_xlogy(const double *x, const double *y, double *restrict z, long n, long sx, long sy);

// Reductions and products.

/// The sum of x[0], x[stride], ..., pairwise and in one fixed order (NumPy's).
///
/// Up to 7 elements are added from the left. Up to 128 go to 8 lanes, element i to lane i % 8;
/// the lanes are added as ((0+1)+(2+3))+((4+5)+(6+7)), then the last n % 8 elements one by one.
/// More are cut at n/2, rounded down to a multiple of 8, and the sums of both parts added.
double wl_sum(const double *x, long n, long stride);
/// The sum of (x[i * stride] - from)^2, in the same order.
double wl_squares(const double *x, double from, long n, long stride);
/// The sum of (x[i] - y[i])^2, in the same order.
double wl_squared_error(const double *x, const double *y, long n);
/// -sum(y[i] log(p[i])), in the same order; elements where y is 0 and p is no NaN give nothing.
double wl_cross_entropy(const double *y, const double *p, long n);
/// log(sum(exp(x[i * stride]))) without overflow, the sum in the same order.
double wl_log_sum_exp(const double *x, long n, long stride);
/// Each row's exp(x) over its sum, without overflow.
void wl_softmax(const double *x, double *restrict y, long rows, long length);
/// The logarithm of that.
void wl_log_softmax(const double *x, double *restrict y, long rows, long length);

/// C = op(A) op(B), row-major and without gaps: op(A) is m x k, op(B) k x n, C m x n.
///
/// A is stored as k x m when transposeA is not 0, B as n x k when transposeB is not 0. Each entry
/// adds its k terms in their order. Products of which all of m, n and k are above 512 are an
/// exception: they are computed by the BLAS when there is one, in the order that it has.
void wl_product(
    int transposeA, int transposeB, long m, long n, long k, const double *a, const double *b,
    double *restrict c);
/// The same by the loops of this library, whatever the size: for small ones.
void wl_product_builtin(
    int transposeA, int transposeB, long m, long n, long k, const double *a, const double *b,
    double *restrict c);
/// C -= A B, row by row with so many elements from one row to the next: A is m x k, B k x n.
///
/// Ends early once work is to stop.
void wl_product_subtract(
    long m, long n, long k, const double *a, long a_row, const double *b, long b_row, double *c,
    long c_row);
/// The same for products of many rows, by tiles of vectors; the same bits.
void wl_product_panels(
    int transposeA, int transposeB, long m, long n, long k, const double *a, const double *b,
    double *restrict c);
/// C = A^T B for the first k rows of A (k x m) and B (k x n), or C += A^T B for the next ones: all
/// rows taken one after the other give the bits of the whole product.
void wl_product_add(
    int first, long m, long n, long k, const double *a, const double *b, double *restrict c);
/// What computes large products: "OpenBLAS 0.3.21 ...", "Accelerate" or "built-in".
const char *wl_blas_name(void);
/// Sets the BLAS's number of threads when set > 0 (1 at the start); returns the number in use.
int wl_blas_threads(int set);

// Factors of matrices; each function ends early once work is to stop.

/// A, n x n, becomes L (ones on its diagonal, which are not stored) and U, with P A = L U: row i of
/// P A is row rows[i] of A. Pivots are the largest of their columns. Returns the sign of P.
double wl_factor(long n, double *a, long *rows);
/// Solves L U X = B in place, for n x count numbers.
void wl_factor_solve(long n, const double *a, long count, double *b);
/// A, n x n, becomes L below its diagonal, D on it, W above it, with P A Q = L D W: pivots are the
/// largest elements left, so that those of a singular matrix are 0 at the end. Returns the sign of
/// both orders.
double wl_factor_completely(long n, double *a, long *rows, long *columns);

// Compressed files.

/// Whether zlib is there; it is opened at the first call.
int wl_inflate_available(void);
/// Unpacks raw deflate data into exactly toCount bytes; 0 when it is damaged, or zlib is missing.
int wl_inflate(const unsigned char *from, long fromCount, unsigned char *to, long toCount);
/// The checksum of zip files and of PNG.
unsigned wl_crc32(const unsigned char *bytes, long count);

// Memory.

/// Room for `count` elements where those at `base` stay the first ones; NULL when there is none.
double *wl_resize(double *base, long count);
/// Gives back what `wl_resize` gave.
void wl_release(double *base);
/// Asks for large pages in a block of many bytes, where the system has them: fewer are set up.
void wl_prefer_large_pages(void *start, long bytes);
/// The bytes of memory that the machine has.
long wl_machine_memory(void);

// Random numbers: those of NumPy's legacy np.random.seed(s), bit for bit. A stream is its seed, how
// many words it has taken, and the gaussian number that waits, NaN for none; draws move it on.

/// Numbers from 0 up to 1 (np.random.random).
void wl_random_uniform(double stream[3], double *restrict out, long n);
/// Gaussian numbers with mean 0 and variance 1 (np.random.randn).
void wl_random_gaussian(double stream[3], double *restrict out, long n);
/// Whole numbers from *low up to *high - 1 (np.random.randint), low < high, both within 2^53.
void wl_random_whole(
    double stream[3], const double *low, const double *high, double *restrict out, long n);
/// The numbers 0 ... n - 1 in random order (np.random.permutation).
void wl_random_permutation(double stream[3], double *restrict out, long n);

// Texts.

/// How many lines of a text end in it.
void wl_count_line_ends(const uint8_t *text, long count, long *ends);

// The machine.

/// The vector level in use: 0 baseline, 1 AVX2 with FMA, 2 AVX-512. A limit >= 0 lowers it, or
/// raises it again up to what the machine has; -1 only asks. For tests; not thread-safe.
int wl_vector_level(int limit);

/// Why work is to stop: it is not, somebody said so, its time is over, it takes too much memory.
enum { WL_STOP_NONE, WL_STOP_ASKED, WL_STOP_TIME, WL_STOP_MEMORY };
/// Asks running lists to stop, with the reason, or takes that back. Safe in a signal handler.
void wl_interrupt_set(int reason);
/// The reason to stop; kernels that take long look at it and may leave their results half done.
int wl_interrupt_requested(void);
/// Has work go on when it is asked to stop, until the release; the reason why it is to stop already.
int wl_interrupt_hold(void);
/// Lets work be stopped again, also by what was asked meanwhile; not 0 where the hold came too late
/// and kernels may have ended early.
int wl_interrupt_release(void);
/// The flag itself, for loops that look at it often.
const volatile int *wl_interrupt_flag(void);

/// x * y, which takes as long where it is or becomes subnormal; what is no number may be another one.
double wl_subnormal_product(double x, double y);

/// 0, 1, 2, ...: each number once, from whatever thread.
long wl_next_serial(void);

/// Seconds on a clock that only goes forward, from an arbitrary start.
double wl_monotonic_seconds(void);

#ifdef __cplusplus
}
#endif

#endif
