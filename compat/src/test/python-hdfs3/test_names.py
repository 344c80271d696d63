"""Directories, listing, patterns, renaming, deleting, what is used."""

import pytest

from support import SUPERUSER, write

ENTRIES = 1205


def test_directories_are_made(hdfs, home):
    hdfs.mkdir(home + '/a/b')
    hdfs.mkdir(home + '/a/b')
    hdfs.makedirs(home + '/c/d', mode=0o750)
    assert hdfs.isdir(home + '/a/b')
    assert not hdfs.isfile(home + '/a')
    assert hdfs.info(home + '/c/d')['permissions'] == 0o750
    assert hdfs.info(home + '/a')['kind'] == 'directory'
    write(hdfs, home + '/f')
    for path in (home + '/f', home + '/f/below'):
        with pytest.raises(IOError, match='Create directory failed'):
            hdfs.mkdir(path)
        with pytest.raises(IOError, match='Create directory failed'):
            hdfs.makedirs(path)


def test_info_is_that_of_the_file(hdfs, home):
    path = write(hdfs, home + '/f', b'12345', replication=2, block_size=1024 * 1024)
    info = hdfs.info(path)
    assert info['name'] == path
    assert info['kind'] == 'file'
    assert info['size'] == 5
    assert info['replication'] == 2
    assert info['block_size'] == 1024 * 1024
    assert info['owner'] == SUPERUSER
    assert info['permissions'] == 0o777
    assert info['encryption_info'] is None
    assert info['last_mod'] > 1500000000
    assert hdfs.info('/')['name'] == '/'
    with pytest.raises(FileNotFoundError):
        hdfs.info(home + '/missing')


def test_what_is_there_is_known(hdfs, home):
    write(hdfs, home + '/f')
    assert hdfs.exists(home + '/f') and hdfs.exists(home) and hdfs.exists('/')
    assert not hdfs.exists(home + '/missing')
    assert not hdfs.exists(home + '/f/below')
    assert hdfs.isfile(home + '/f') and not hdfs.isdir(home + '/f')
    assert not hdfs.isfile(home + '/missing') and not hdfs.isdir(home + '/missing')


def test_listing(hdfs, home):
    for name in ('b', 'a', 'c'):
        write(hdfs, home + '/' + name)
    assert hdfs.ls(home) == [home + '/a', home + '/b', home + '/c']
    assert [entry['size'] for entry in hdfs.ls(home, detail=True)] == [4, 4, 4]
    entries = hdfs.ls(home + '/a', detail=True)
    assert [entry['kind'] for entry in entries] == ['file']
    hdfs.mkdir(home + '/empty')
    assert hdfs.ls(home + '/empty') == []
    with pytest.raises(FileNotFoundError):
        hdfs.ls(home + '/missing')


def test_a_listing_goes_on_behind_a_page(hdfs, home):
    expected = []
    for number in range(ENTRIES):
        expected.append('%s/n%05d' % (home, number))
        hdfs.mkdir(expected[-1])
    assert hdfs.ls(home) == expected


def test_walk_and_patterns(hdfs, home):
    hdfs.mkdir(home + '/d/e')
    for name in ('a1', 'a2', 'b1', 'd/x', 'd/e/y'):
        hdfs.touch(home + '/' + name)
    assert list(hdfs.walk(home)) == [
        (home, ['d'], ['a1', 'a2', 'b1']),
        (home + '/d', ['e'], ['x']),
        (home + '/d/e', [], ['y'])]
    assert hdfs.glob(home + '/a*') == [home + '/a1', home + '/a2']
    assert hdfs.glob(home + '/?1*') == [home + '/a1', home + '/b1']
    assert hdfs.glob(home + '/*/x') == [home + '/d/x']
    assert hdfs.glob(home + '/a1') == [home + '/a1']
    assert hdfs.glob(home + '/d') == [home + '/d/e', home + '/d/x']
    assert hdfs.glob(home + '/z*') == []


@pytest.mark.parametrize('name', [
    'with space', 'gr\u00fcn', '\u6570\u636e', 'a%20b', 'x' * 255, 'a+b&c=d#f'])
def test_names_keep_their_letters(hdfs, home, name):
    path = write(hdfs, home + '/' + name)
    assert hdfs.cat(path) == b'data'
    assert hdfs.ls(home) == [path]
    assert hdfs.info(path)['name'] == path


def test_a_name_that_is_too_long_is_refused(hdfs, home):
    with pytest.raises(IOError):
        hdfs.mkdir(home + '/' + 'x' * 256)


def test_moving(hdfs, home):
    write(hdfs, home + '/f')
    assert hdfs.mv(home + '/f', home + '/g')
    assert hdfs.ls(home) == [home + '/g']
    hdfs.mkdir(home + '/d')
    assert hdfs.mv(home + '/g', home + '/d')
    assert hdfs.ls(home + '/d') == [home + '/d/g']
    write(hdfs, home + '/h')
    assert not hdfs.mv(home + '/h', home + '/d/g')
    assert not hdfs.mv(home + '/h', home + '/missing/h')
    assert not hdfs.mv(home + '/d', home + '/d/e')
    with pytest.raises(FileNotFoundError):
        hdfs.mv(home + '/missing', home + '/x')


def test_removing(hdfs, home):
    hdfs.mkdir(home + '/d/e')
    write(hdfs, home + '/f')
    hdfs.rm(home + '/f')
    with pytest.raises(IOError, match='Remove failed'):
        hdfs.rm(home + '/d', recursive=False)
    hdfs.rm(home + '/d/e', recursive=False)
    hdfs.rm(home + '/d')
    assert hdfs.ls(home) == []
    with pytest.raises(FileNotFoundError):
        hdfs.rm(home + '/f')


def test_what_is_used(hdfs, home):
    hdfs.mkdir(home + '/d')
    write(hdfs, home + '/f', b'1' * 10)
    write(hdfs, home + '/d/g', b'1' * 100)
    assert hdfs.du(home) == {home + '/d': 0, home + '/f': 10}
    assert hdfs.du(home, deep=True) == {home + '/d': 0, home + '/f': 10, home + '/d/g': 100}
    assert hdfs.du(home, total=True, deep=True) == {home: 110}
    with pytest.raises(FileNotFoundError):
        hdfs.du(home + '/missing')
    df = hdfs.df()
    assert df['capacity'] > df['used'] >= 0
    assert 0 < df['percent-free'] <= 100


def test_touch(hdfs, home):
    hdfs.touch(home + '/f')
    assert hdfs.info(home + '/f')['size'] == 0
    assert hdfs.cat(home + '/f') == b''
    with pytest.raises(IOError, match="Parent directory doesn't exist"):
        hdfs.touch(home + '/missing/f')
