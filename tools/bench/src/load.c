// A load generator for stream servers, light enough that the server is the bottleneck. Linux.
//
//   load MODE ADDRESS CONNECTIONS BYTES WARM COUNT
//
//   echo    every connection sends BYTES, waits for as many, repeats
//   lines   the same with lines of 32 bytes, so many as make BYTES
//   burst   the same with one byte that is answered by 32 pieces of BYTES
//   churn   connect, echo of five bytes, close; CONNECTIONS in flight
//   send    one connection that writes as fast as it can, BYTES a call
//   recv    one connection that reads as fast as it can, BYTES a call
//   hold    opens some, then CONNECTIONS more; each has one echo of five bytes
//
// ADDRESS is a TCP port on 127.0.0.1 or, with a slash in it, the path of a UNIX socket: no other target is possible.
// It gets WARM answers, connections or MiB, prints "go" and waits for a byte on stdin, gets COUNT more, and prints "done COUNT SECONDS". Before
// and after that nothing is pending, so that the server can be asked for its figures. It exits when the server is gone or silent, or
// when the run takes far too long.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { SILENCE = 15, PATIENCE = 600, AT_ONCE = 1024, ROOM = 1 << 18 };

static char buf[ROOM];
static const char *address;
static long counts[2]; // to warm up, and to be measured

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void fail(const char *what, const char *why) {
  fprintf(stderr, "%s: %s\n", what, why);
  exit(1);
}

static void die(const char *what) {
  int silent = errno == EAGAIN || errno == EINPROGRESS;
  fail(what, silent ? "the server does nothing any more" : strerror(errno));
}

static void late(int signal) {
  static const char text[] = "the measurement took far too long\n";
  (void)signal;
  if (write(2, text, sizeof text - 1)) _exit(1);
  _exit(1);
}

// Before the second stretch, which is the one that counts, the server is asked for its figures.
static double begin(int stretch) {
  if (stretch) {
    puts("go");
    if (read(0, buf, 1) != 1) exit(0);
    memset(buf, 'x', 1);
  }
  return now();
}

// Nothing more is sent until it is killed.
static void finish(double from) {
  printf("done %ld %.6f\n", counts[1], now() - from);
  for (;;) pause();
}

static int local(void) {
  int s = socket(AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un u = {.sun_family = AF_UNIX};
  if (strlen(address) >= sizeof u.sun_path) fail("connect", "the path is too long");
  strcpy(u.sun_path, address);
  if (s < 0 || connect(s, (void *)&u, sizeof u)) die("connect");
  return s;
}

// Source addresses rotate over 127.0.0.2 to 201, so that ephemeral ports do not run out.
static int loopback(void) {
  static unsigned turn;
  int one = 1, s = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in source = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000002 + turn++ % 200)};
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(address)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(s, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  if (s < 0 || bind(s, (void *)&source, sizeof source) || connect(s, (void *)&to, sizeof to)) die("connect");
  setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return s;
}

static int dial(void) {
  int s = strchr(address, '/') ? local() : loopback();
  struct timeval limit = {.tv_sec = SILENCE};
  setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  return s;
}

static void put(int s, int bytes) {
  for (int at = 0, n; at < bytes; at += n)
    if ((n = write(s, buf, bytes - at)) < 0) die("write");
}

static int get(int s, int most) {
  int n = read(s, buf, most);
  if (n < 0) die("read");
  return n;
}

static int take(int s, int most) {
  int n = get(s, most);
  if (n == 0) fail("read", "the server closed the connection");
  return n;
}

static void watch(int ep, int s, int index) {
  struct epoll_event e = {.events = EPOLLIN, .data.u32 = index};
  if (epoll_ctl(ep, EPOLL_CTL_ADD, s, &e)) die("epoll_ctl");
}

static int events(int ep, struct epoll_event *list) {
  int n = epoll_wait(ep, list, AT_ONCE, SILENCE * 1000);
  if (n == 0) fail("waiting", "the server does nothing any more");
  if (n < 0) die("epoll_wait");
  return n;
}

static void ask(int conns, int question, int answer) {
  int ep = epoll_create1(0), *fd = calloc(conns, sizeof *fd), *got = calloc(conns, sizeof *got);
  struct epoll_event list[AT_ONCE];
  for (int i = 0; i < conns; i++) watch(ep, fd[i] = dial(), i);
  for (int stretch = 0;; stretch++) {
    long sent = 0, back = 0, count = counts[stretch];
    double from = begin(stretch);
    for (; sent < conns && sent < count; sent++) put(fd[sent], question);
    while (back < count)
      for (int n = events(ep, list), k = 0; k < n; k++) {
        int i = list[k].data.u32;
        for (got[i] += take(fd[i], ROOM); got[i] >= answer; got[i] -= answer, back++)
          if (sent < count) put(fd[i], question), sent++;
      }
    if (stretch) finish(from);
  }
}

static void churn(int conns) {
  int ep = epoll_create1(0), *fd = calloc(conns, sizeof *fd), *ending = calloc(conns, sizeof *ending);
  struct epoll_event list[AT_ONCE];
  for (int stretch = 0;; stretch++) {
    long begun = 0, over = 0, count = counts[stretch];
    double from = begin(stretch);
    for (; begun < conns && begun < count; begun++) watch(ep, fd[begun] = dial(), begun), put(fd[begun], 5), ending[begun] = 0;
    while (over < count)
      for (int n = events(ep, list), k = 0; k < n; k++) {
        int i = list[k].data.u32;
        if (!ending[i]) {
          if (take(fd[i], 5) != 5) fail("read", "part of an echo");
          shutdown(fd[i], SHUT_WR);
        } else {
          if (get(fd[i], 5)) fail("read", "more than the echo");
          close(fd[i]);
          over++;
          if (begun < count) watch(ep, fd[i] = dial(), i), put(fd[i], 5), begun++;
        }
        ending[i] = !ending[i];
      }
    if (stretch) finish(from);
  }
}

static void bulk(int bytes, int sending) {
  int s = dial();
  for (int stretch = 0;; stretch++) {
    double from = begin(stretch);
    for (long left = counts[stretch] << 20; left > 0;) {
      int size = left < bytes ? left : bytes;
      if (sending) put(s, size);
      left -= sending ? size : take(s, size);
    }
    if (stretch) finish(from);
  }
}

static void hold(int conns) {
  double start = 0;
  int first = conns < 2000 ? conns / 10 : 200;
  for (int i = -first; i < conns; i++) {
    if (i == 0) {
      puts("go");
      if (read(0, buf, 1) != 1) exit(0);
      start = now();
    }
    int s = dial();
    put(s, 5);
    if (take(s, 5) != 5) fail("read", "part of an echo");
  }
  printf("done %d %.6f\n", conns, now() - start);
  for (;;) pause();
}

int main(int c, char **v) {
  struct rlimit files;
  if (c != 7) return fputs("usage: load echo|lines|burst|churn|send|recv|hold ADDRESS CONNECTIONS BYTES WARM COUNT\n", stderr), 2;
  const char *mode = v[1];
  int conns = atoi(v[3]), bytes = atoi(v[4]);
  address = v[2], counts[0] = atol(v[5]), counts[1] = atol(v[6]);
  if (conns < 1 || bytes < 1 || bytes > ROOM || counts[0] < 1 || counts[1] < 1) fail("arguments", "out of range");
  setvbuf(stdout, NULL, _IOLBF, 0);
  memset(buf, 'x', ROOM);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGALRM, late);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  alarm(PATIENCE);
  if (!getrlimit(RLIMIT_NOFILE, &files)) files.rlim_cur = files.rlim_max, setrlimit(RLIMIT_NOFILE, &files);
  if (!strcmp(mode, "echo")) ask(conns, bytes, bytes);
  if (!strcmp(mode, "lines")) {
    for (int i = 31; i < ROOM; i += 32) buf[i] = '\n';
    ask(conns, bytes, bytes);
  }
  if (!strcmp(mode, "burst")) ask(conns, 1, 32 * bytes);
  if (!strcmp(mode, "churn")) churn(conns);
  if (!strcmp(mode, "send")) bulk(bytes, 1);
  if (!strcmp(mode, "recv")) bulk(bytes, 0);
  if (!strcmp(mode, "hold")) hold(conns);
  fail("no such mode", mode);
}
