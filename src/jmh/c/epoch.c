/* The arithmetic of an epoch of training in plain C: the network of the paper for CIFAR-10, or that for
   MNIST, on random data. gcc -O3 -march=native -o epoch epoch.c -lm; ./epoch cifar 2048; ./epoch mnist 60000 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BATCH 64

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static unsigned long long state = 1;
static double uniform(void) { /* splitmix64, as java.util.SplittableRandom */
  unsigned long long z = (state += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return ((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
}

static double *reals(long n, double limit) {
  double *a = aligned_alloc(64, (n + 8) / 8 * 8 * sizeof(double));
  for (long i = 0; i < n; i++) a[i] = limit * (2 * uniform() - 1);
  return a;
}

typedef struct {
  int inputs, units, levels; /* levels 0: not rounded */
  double *w, *b, *gw, *gb;   /* w[input][unit] */
  double *exact, *out, *delta;
} Dense;

static Dense dense(int inputs, int units, int levels) {
  Dense d = {inputs, units, levels};
  d.w = reals((long)inputs * units, sqrt(6.0 / (inputs + units)));
  d.b = reals(units, 1 / sqrt(inputs));
  d.gw = calloc((long)inputs * units, sizeof(double));
  d.gb = calloc(units, sizeof(double));
  d.exact = calloc(units * BATCH, sizeof(double));
  d.out = calloc(units * BATCH, sizeof(double));
  d.delta = calloc(units * BATCH, sizeof(double));
  return d;
}

static void activate(Dense *d) {
  for (int i = 0; i < d->units * BATCH; i++) {
    double a = tanh(d->exact[i]);
    d->exact[i] = a;
    double position = (a + 1) / 2 * (d->levels - 1);
    int below = (int)position;
    int level = below + (uniform() < position - below);
    d->out[i] = -1 + 2.0 * level / (d->levels - 1);
  }
}

/* in[sample][input], exact[sample][unit] */
static void dense_forward(Dense *d, const double *in) {
  for (int s = 0; s < BATCH; s++) memcpy(d->exact + s * d->units, d->b, d->units * sizeof(double));
  for (int k = 0; k < d->inputs; k++) {
    const double *w = d->w + (long)k * d->units;
    for (int s = 0; s < BATCH; s++) {
      double x = in[s * d->inputs + k], *to = d->exact + s * d->units;
      for (int u = 0; u < d->units; u++) to[u] += x * w[u];
    }
  }
}

static void dense_backward(Dense *d, const double *in, double *below) {
  for (int k = 0; k < d->inputs; k++) {
    double *g = d->gw + (long)k * d->units;
    const double *w = d->w + (long)k * d->units;
    for (int s = 0; s < BATCH; s++) {
      double x = in[s * d->inputs + k];
      const double *delta = d->delta + s * d->units;
      double sum = 0;
      for (int u = 0; u < d->units; u++) g[u] += x * delta[u];
      if (below) {
        for (int u = 0; u < d->units; u++) sum += w[u] * delta[u];
        below[s * d->inputs + k] = sum;
      }
    }
  }
  for (int s = 0; s < BATCH; s++)
    for (int u = 0; u < d->units; u++) d->gb[u] += d->delta[s * d->units + u];
}

static void slopes(Dense *d) {
  for (int i = 0; i < d->units * BATCH; i++) d->delta[i] *= 1 - d->exact[i] * d->exact[i];
}

static void step(double *w, double *g, long n) {
  for (long i = 0; i < n; i++) {
    w[i] -= 0.005 * g[i];
    g[i] = 0;
  }
}

static void softmax(Dense *d) {
  for (int s = 0; s < BATCH; s++) {
    double *o = d->exact + s * d->units, *g = d->delta + s * d->units, sum = 0;
    for (int u = 0; u < d->units; u++) sum += g[u] = exp(o[u]);
    for (int u = 0; u < d->units; u++) g[u] = g[u] / sum / BATCH;
    g[s % d->units] -= 1.0 / BATCH;
  }
}

typedef struct {
  int channels, size, filters; /* size x size inputs, kernel 3, padding 1 */
  double *w, *b, *gw, *gb;     /* w[filter][channel][3][3] */
  double *padded;              /* [channel][size + 2][size + 2] of every sample */
  double *out, *pooled;        /* [filter][size][size], half of it */
  int *best;
} Conv;

static Conv conv(int channels, int size, int filters) {
  Conv c = {channels, size, filters};
  long n = (long)filters * channels * 9;
  c.w = reals(n, sqrt(12.0 / (9 * (channels + filters))));
  c.b = reals(filters, 1 / sqrt(9 * channels));
  c.gw = calloc(n, sizeof(double));
  c.gb = calloc(filters, sizeof(double));
  c.padded = calloc((long)BATCH * channels * (size + 2) * (size + 2), sizeof(double));
  c.out = calloc((long)BATCH * filters * size * size, sizeof(double));
  c.pooled = calloc((long)BATCH * filters * size * size / 4, sizeof(double));
  c.best = calloc((long)BATCH * filters * size * size / 4, sizeof(int));
  return c;
}

static void conv_forward(Conv *c, int s) {
  int n = c->size, p = n + 2;
  double *padded = c->padded + (long)s * c->channels * p * p;
  double *out = c->out + (long)s * c->filters * n * n;
  for (int f = 0; f < c->filters; f++) {
    double *o = out + f * n * n;
    for (int i = 0; i < n * n; i++) o[i] = c->b[f];
    for (int ch = 0; ch < c->channels; ch++) {
      const double *w = c->w + (f * c->channels + ch) * 9;
      const double *in = padded + ch * p * p;
      for (int y = 0; y < n; y++) {
        double *restrict to = o + y * n;
        const double *r0 = in + y * p, *r1 = r0 + p, *r2 = r1 + p;
        for (int x = 0; x < n; x++)
          to[x] += w[0] * r0[x] + w[1] * r0[x + 1] + w[2] * r0[x + 2] + w[3] * r1[x] + w[4] * r1[x + 1]
                 + w[5] * r1[x + 2] + w[6] * r2[x] + w[7] * r2[x + 1] + w[8] * r2[x + 2];
      }
    }
    for (int i = 0; i < n * n; i++) o[i] = o[i] > 0 ? o[i] : 0;
  }
  double *pooled = c->pooled + (long)s * c->filters * n * n / 4;
  int *best = c->best + (long)s * c->filters * n * n / 4;
  for (int f = 0; f < c->filters; f++)
    for (int y = 0; y < n; y += 2)
      for (int x = 0; x < n; x += 2) {
        int start = (f * n + y) * n + x;
        int b = out[start + 1] > out[start] ? start + 1 : start;
        b = out[start + n] > out[b] ? start + n : b;
        b = out[start + n + 1] > out[b] ? start + n + 1 : b;
        *pooled++ = out[b];
        *best++ = b;
      }
}

/* delta[filter][size][size] of the sums; below[channel][size][size] or null */
static void conv_backward(Conv *c, int s, const double *delta, double *below) {
  int n = c->size, p = n + 2;
  const double *padded = c->padded + (long)s * c->channels * p * p;
  static double wide[64 * 34 * 34];
  for (int f = 0; f < c->filters; f++) {
    const double *d = delta + f * n * n;
    for (int i = 0; i < n * n; i++) c->gb[f] += d[i];
    for (int ch = 0; ch < c->channels; ch++) {
      double g[9] = {0};
      for (int y = 0; y < n; y++) {
        const double *r0 = padded + ch * p * p + y * p, *r1 = r0 + p, *r2 = r1 + p, *e = d + y * n;
        double g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, g6 = 0, g7 = 0, g8 = 0;
        for (int x = 0; x < n; x++) {
          g0 += e[x] * r0[x]; g1 += e[x] * r0[x + 1]; g2 += e[x] * r0[x + 2];
          g3 += e[x] * r1[x]; g4 += e[x] * r1[x + 1]; g5 += e[x] * r1[x + 2];
          g6 += e[x] * r2[x]; g7 += e[x] * r2[x + 1]; g8 += e[x] * r2[x + 2];
        }
        g[0] += g0; g[1] += g1; g[2] += g2; g[3] += g3; g[4] += g4; g[5] += g5; g[6] += g6; g[7] += g7; g[8] += g8;
      }
      for (int i = 0; i < 9; i++) c->gw[(f * c->channels + ch) * 9 + i] += g[i];
    }
  }
  if (!below) return;
  memset(wide, 0, sizeof(double) * c->filters * p * p);
  for (int f = 0; f < c->filters; f++)
    for (int y = 0; y < n; y++)
      memcpy(wide + (f * p + y + 1) * p + 1, delta + (f * n + y) * n, n * sizeof(double));
  for (int ch = 0; ch < c->channels; ch++) {
    double *o = below + ch * n * n;
    memset(o, 0, sizeof(double) * n * n);
    for (int f = 0; f < c->filters; f++) {
      const double *w = c->w + (f * c->channels + ch) * 9;
      for (int y = 0; y < n; y++) {
        double *restrict to = o + y * n;
        const double *r0 = wide + (f * p + y) * p, *r1 = r0 + p, *r2 = r1 + p;
        for (int x = 0; x < n; x++)
          to[x] += w[8] * r0[x] + w[7] * r0[x + 1] + w[6] * r0[x + 2] + w[5] * r1[x] + w[4] * r1[x + 1]
                 + w[3] * r1[x + 2] + w[2] * r2[x] + w[1] * r2[x + 1] + w[0] * r2[x + 2];
      }
    }
  }
}

/* from the gradient of what is pooled to that of the sums */
static void unpool(Conv *c, int s, const double *pooled, double *delta) {
  int n = c->size, count = c->filters * n * n;
  const double *out = c->out + (long)s * count;
  const int *best = c->best + (long)s * count / 4;
  memset(delta, 0, sizeof(double) * count);
  for (int i = 0; i < count / 4; i++) delta[best[i]] += out[best[i]] > 0 ? pooled[i] : 0;
}

static void pad(const double *from, int channels, int n, double *to) {
  for (int ch = 0; ch < channels; ch++)
    for (int y = 0; y < n; y++)
      memcpy(to + (ch * (n + 2) + y + 1) * (n + 2) + 1, from + (ch * n + y) * n, n * sizeof(double));
}

static double cifar(int samples) {
  Conv c[3] = {conv(3, 32, 32), conv(32, 16, 32), conv(32, 8, 64)};
  Dense d[6] = {dense(1024, 2048, 8), dense(2048, 128, 8), dense(128, 32, 8), dense(32, 5, 8), dense(5, 5, 8), dense(5, 10, 0)};
  double *images = reals((long)samples * 3072, 1);
  double *below = reals(1024 * BATCH, 1), *a = reals(32768, 1), *b = reals(32768, 1);
  double start = now();
  for (int first = 0; first + BATCH <= samples; first += BATCH) {
    for (int s = 0; s < BATCH; s++)
      for (int l = 0; l < 3; l++) {
        const double *from = l ? c[l - 1].pooled + (long)s * c[l].channels * c[l].size * c[l].size : images + (long)(first + s) * 3072;
        pad(from, c[l].channels, c[l].size, c[l].padded + (long)s * c[l].channels * (c[l].size + 2) * (c[l].size + 2));
        conv_forward(&c[l], s);
      }
    for (int l = 0; l < 6; l++) {
      dense_forward(&d[l], l ? d[l - 1].out : c[2].pooled);
      if (l < 5) activate(&d[l]);
    }
    softmax(&d[5]);
    for (int l = 5; l >= 0; l--) {
      dense_backward(&d[l], l ? d[l - 1].out : c[2].pooled, l ? d[l - 1].delta : below);
      if (l) slopes(&d[l - 1]);
    }
    for (int s = 0; s < BATCH; s++) {
      unpool(&c[2], s, below + s * 1024, a);
      conv_backward(&c[2], s, a, b);
      unpool(&c[1], s, b, a);
      conv_backward(&c[1], s, a, b);
      unpool(&c[0], s, b, a);
      conv_backward(&c[0], s, a, NULL);
    }
    for (int l = 0; l < 3; l++) {
      step(c[l].w, c[l].gw, (long)c[l].filters * c[l].channels * 9);
      step(c[l].b, c[l].gb, c[l].filters);
    }
    for (int l = 0; l < 6; l++) {
      step(d[l].w, d[l].gw, (long)d[l].inputs * d[l].units);
      step(d[l].b, d[l].gb, d[l].units);
    }
  }
  return now() - start;
}

/* Inputs other than zero alone, 150 of 784 as in MNIST. */
static double mnist(int samples) {
  enum { ENTRIES = 150 };
  Dense d[6] = {dense(784, 50, 8), dense(50, 10, 8), dense(10, 5, 8), dense(5, 5, 8), dense(5, 5, 8), dense(5, 10, 0)};
  int *index = malloc(sizeof(int) * (long)samples * ENTRIES);
  double *value = reals((long)samples * ENTRIES, 1);
  for (long i = 0; i < (long)samples * ENTRIES; i++) index[i] = (int)(i % ENTRIES * 784 / ENTRIES + 5 * uniform());
  double start = now();
  for (int first = 0; first + BATCH <= samples; first += BATCH) {
    for (int s = 0; s < BATCH; s++) {
      double *restrict to = d[0].exact + s * 50;
      const int *in = index + (long)(first + s) * ENTRIES;
      const double *x = value + (long)(first + s) * ENTRIES;
      memcpy(to, d[0].b, sizeof(double) * 50);
      int k = 0;
      for (; k + 3 < ENTRIES; k += 4) {
        const double *w0 = d[0].w + in[k] * 50, *w1 = d[0].w + in[k + 1] * 50, *w2 = d[0].w + in[k + 2] * 50, *w3 = d[0].w + in[k + 3] * 50;
        for (int u = 0; u < 50; u++) to[u] += x[k] * w0[u] + x[k + 1] * w1[u] + x[k + 2] * w2[u] + x[k + 3] * w3[u];
      }
      for (; k < ENTRIES; k++)
        for (int u = 0; u < 50; u++) to[u] += x[k] * d[0].w[in[k] * 50 + u];
    }
    activate(&d[0]);
    for (int l = 1; l < 6; l++) {
      dense_forward(&d[l], d[l - 1].out);
      if (l < 5) activate(&d[l]);
    }
    softmax(&d[5]);
    for (int l = 5; l > 0; l--) {
      dense_backward(&d[l], d[l - 1].out, d[l - 1].delta);
      slopes(&d[l - 1]);
    }
    for (int s = 0; s < BATCH; s++) {
      const double *restrict delta = d[0].delta + s * 50;
      const int *in = index + (long)(first + s) * ENTRIES;
      const double *x = value + (long)(first + s) * ENTRIES;
      for (int k = 0; k < ENTRIES; k++)
        for (int u = 0; u < 50; u++) d[0].gw[in[k] * 50 + u] += x[k] * delta[u];
      for (int u = 0; u < 50; u++) d[0].gb[u] += delta[u];
    }
    for (int l = 0; l < 6; l++) {
      step(d[l].w, d[l].gw, (long)d[l].inputs * d[l].units);
      step(d[l].b, d[l].gb, d[l].units);
    }
  }
  return now() - start;
}

int main(int count, char **arguments) {
  int samples = count > 2 ? atoi(arguments[2]) : 2048;
  int images = count > 1 && !strcmp(arguments[1], "cifar");
  double best = 1e9;
  for (int i = 0; i < 5; i++) {
    double seconds = images ? cifar(samples) : mnist(samples);
    best = seconds < best ? seconds : best;
  }
  printf("%s, %d samples: %.3f s\n", images ? "CIFAR-10" : "MNIST", samples, best);
}
