"""Reading blocks as files, without the data port."""

import os

import pytest

import hdfs3
from hdfs3.conf import conf_to_dict
from support import HOST, KIB, MIB, PORT, content, requests, write


@pytest.fixture
def local():
    """A client as client-config makes it."""
    pars = conf_to_dict(os.path.join(os.environ['HDFS_CONF'], 'hdfs-site.xml'))
    pars = {name: pars[name] for name in ('dfs.domain.socket.path', 'dfs.client.read.shortcircuit')}
    return hdfs3.HDFileSystem(HOST, port=PORT, autoconf=False, pars=pars)


def over_the_network():
    return requests('read-block')


@pytest.mark.parametrize('size', [1, 511, 512, 513, 64 * KIB + 1, 3 * MIB + 17])
def test_nothing_goes_over_the_data_port(local, home, size):
    data = content(size)
    path = write(local, home + '/f', data, block_size=MIB)
    before = over_the_network()
    files = requests('request-files')
    assert local.cat(path) == data
    with local.open(path) as f:
        for start in (0, size // 3, size // 2, size - 1):
            f.seek(start)
            assert f.read(700) == data[start:start + 700]
    assert over_the_network() == before
    assert requests('request-files') > files


def test_what_changes_is_read_anew(local, home):
    path = write(local, home + '/f', b'a' * 1000)
    before = over_the_network()
    assert local.cat(path) == b'a' * 1000
    with local.open(path, 'ab') as f:
        f.write(b'b' * 1000)
    assert local.cat(path) == b'a' * 1000 + b'b' * 1000
    write(local, path, b'c' * 10)
    assert local.cat(path) == b'c' * 10
    assert over_the_network() == before


def test_what_is_being_written_comes_over_the_network(local, home):
    with local.open(home + '/f', 'wb') as f:
        f.write(b'x' * 100000)
        f.flush()
        before = over_the_network()
        assert local.cat(home + '/f') == b'x' * 100000
        assert over_the_network() > before


def test_without_a_socket_the_network_is_used(home):
    pars = {'dfs.domain.socket.path': '/none', 'dfs.client.read.shortcircuit': 'true'}
    client = hdfs3.HDFileSystem(HOST, port=PORT, autoconf=False, pars=pars)
    path = write(client, home + '/f', b'data')
    assert client.cat(path) == b'data'
