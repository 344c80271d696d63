"""The word count of hdfs3's own documentation over a thousand small files."""

import collections
import random

from support import connect, write

FILES = 1000
WORDS = [b'the', b'of', b'lease', b'block', b'packet', b'inode', b'quota', b'0', b'-', b'N/A']


def count(lines):
    counts = collections.defaultdict(int)
    for line in lines:
        for word in line.split():
            counts[word] += 1
    return counts


def test_words_are_those_of_a_direct_count(hdfs, home):
    numbers = random.Random(3)
    direct = collections.Counter()
    for number in range(FILES):
        if number % 100 == 0:
            hdfs.mkdir('%s/%02d' % (home, number // 100))
        text = b'\n'.join(b' '.join(numbers.choice(WORDS) for _ in range(8)) for _ in range(20))
        write(hdfs, '%s/%02d/%03d.txt' % (home, number // 100, number % 100), text)
        direct.update(count(text.split(b'\n')))

    reader = connect()
    paths = reader.glob(home + '/*/*.txt')
    assert len(paths) == FILES
    counted = collections.Counter()
    for path in paths:
        with reader.open(path) as f:
            counted.update(count(f.read().split(b'\n')))
    assert counted == direct
