"""Short forms of what most tests do. Runs on Python 3.6 to 3.9, the last that hdfs3 imports on."""

import os
import random
import re
import urllib.request

import hdfs3

KIB = 1024
MIB = 1024 * 1024

# around chunks of 512, packets of 64 KiB, and what is kept beside the name
SIZES = [0, 1, 511, 512, 513, 64 * KIB - 1, 64 * KIB, 64 * KIB + 1, 3000001]

HOST = os.environ['HDFS_HOST']
PORT = int(os.environ['HDFS_PORT'])
SUPERUSER = os.environ['HDFS_SUPERUSER']

# over the network, whatever is configured
NETWORK = {'dfs.client.read.shortcircuit': 'false'}


def connect(**options):
    """A client with nothing but the address and these options."""
    pars = dict(NETWORK, **options.pop('pars', {}))
    return hdfs3.HDFileSystem(HOST, port=PORT, autoconf=False, pars=pars, **options)


def content(size, seed=1):
    """The same bytes for the same size and seed."""
    numbers = random.Random(seed)
    return numbers.getrandbits(8 * size).to_bytes(size, 'big') if size else b''


def write(hdfs, path, data=b'data', **options):
    """Creates a file; returns its path."""
    with hdfs.open(path, 'wb', **options) as f:
        f.write(data)
    return path


def web(path):
    """The bytes of a file as WebHDFS has them."""
    url = '%s/webhdfs/v1%s?op=OPEN&user.name=%s' % (os.environ['WEBHDFS_URL'], path, SUPERUSER)
    with urllib.request.urlopen(url) as answer:
        return answer.read()


def requests(operation):
    """How many requests of a kind the node has served."""
    with urllib.request.urlopen(os.environ['METRICS_URL']) as answer:
        text = answer.read().decode()
    line = 'forebay_requests_total{gateway="hdfs",operation="%s"} ([0-9.E]+)' % operation
    found = re.search(line, text)
    return float(found.group(1)) if found else 0
