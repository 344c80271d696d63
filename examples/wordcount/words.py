"""Counting words: what the programs beside this one share, whichever client they read through."""

import collections
import functools
import os
import re
import sys
import time

WORD = re.compile(rb'[0-9a-z_\x80-\xff]+')
PIECE = 1024 * 1024
FILES_PER_TASK = 50


class Progress:
    """One line that says how far a step is; rewritten in place on a terminal only."""

    def __init__(self, step, files):
        self.step, self.files = step, files
        self.done, self.bytes = 0, 0
        self.started = time.monotonic()

    def add(self, files, size):
        self.done += files
        self.bytes += size
        if sys.stderr.isatty():
            print('\r' + self.line(), end='\x1b[K', file=sys.stderr, flush=True)

    def finish(self):
        start, end = ('\r', '\x1b[K\n') if sys.stderr.isatty() else ('', '\n')
        print(start + self.line(), end=end, file=sys.stderr, flush=True)

    def line(self):
        seconds = max(time.monotonic() - self.started, 0.001)
        return '%-8s %d of %d files, %.1f MB, %.1f MB/s, %.0f files/s, %.1f s' % (
            self.step, self.done, self.files, self.bytes / 1e6, self.bytes / 1e6 / seconds,
            self.done / seconds, seconds)


def in_parallel(pool, step, work, items):
    """Does the work on tasks of some files each; returns the sum of the words it counted."""
    progress, total = Progress(step, len(items)), collections.Counter()
    tasks = [items[start:start + FILES_PER_TASK] for start in range(0, len(items), FILES_PER_TASK)]
    for files, size, counter in pool.imap_unordered(work, tasks):
        progress.add(files, size)
        total.update(counter)
    progress.finish()
    return total


def count_words(pieces):
    """Counts the words of pieces of bytes, of which words may span several."""
    counter = collections.Counter()
    rest = b''
    for piece in pieces:
        piece = rest + piece.lower()
        end = len(piece)
        while end > 0 and WORD.match(piece, end - 1):
            end -= 1
        rest = piece[end:]
        counter.update(WORD.findall(piece, 0, end))
    counter.update(WORD.findall(rest))
    return counter


def pieces_of(reader):
    piece = reader.read(PIECE)
    while piece:
        yield piece
        piece = reader.read(PIECE)


def local_files(folder):
    """The regular files below a folder, as paths relative to it. Links are not followed."""
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if os.path.isfile(path) and not os.path.islink(path):
                yield os.path.relpath(path, folder)


def direct_task(folder, names):
    """Counts the words of some local files, without the node."""
    counter, size = collections.Counter(), 0
    for name in names:
        with open(os.path.join(folder, name), 'rb') as local:
            counter.update(count_words(pieces_of(local)))
            size += local.tell()
    return len(names), size, counter


def count_directly(pool, folder):
    """Counts the words of all files below a local folder, without the node."""
    names = list(local_files(folder))
    return len(names), in_parallel(pool, 'direct', functools.partial(direct_task, folder), names)


def report(title, files, counter, top):
    print('%s: %d files, %d words, %d different' % (
        title, files, sum(counter.values()), len(counter)))
    for word, count in counter.most_common(top):
        print('%10d  %s' % (count, word.decode('utf-8', 'replace')))


def compare(title, through_node, directly, top):
    """Prints what was counted; returns whether it is what a direct count found."""
    report(title, *through_node, top)
    same = through_node == directly
    print('equal to a direct count' if same else 'NOT EQUAL to a direct count: '
          '%d files, %d words' % (directly[0], sum(directly[1].values())))
    return same
