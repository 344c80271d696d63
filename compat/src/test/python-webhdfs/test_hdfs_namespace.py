"""Names, attributes and permissions through the package hdfs."""

import time

import pytest

from conftest import USER
from support import content, read, refused

NAMES = ['a b', 'a+b', 'ä', '日本', 'a%b', 'a?b', 'a#b', 'a&b=c', 'a;b', "a'b", 'a"b', 'a\\b',
         'a,b', 'a:b', '~', '.hidden', 'x' * 255]


@pytest.mark.parametrize('name', NAMES)
def test_odd_names(client, root, name):
    path = root + '/' + name
    client.write(path, b'x')
    assert client.list(root) == [name]
    assert read(client, path) == b'x'
    client.write(path, b'y', append=True)
    client.rename(path, root + '/' + name[:200] + '2')
    assert client.list(root) == [name[:200] + '2']
    assert client.delete(root + '/' + name[:200] + '2') is True


def test_status_of_a_file(client, root):
    before = time.time() * 1000 - 5
    client.write(root + '/f', b'abc', permission='600')
    status = client.status(root + '/f')
    assert list(status) == [
        'accessTime', 'blockSize', 'childrenNum', 'fileId', 'group', 'length', 'modificationTime',
        'owner', 'pathSuffix', 'permission', 'replication', 'storagePolicy', 'type']
    assert status['owner'] == USER
    assert status['permission'] == '600'
    assert status['replication'] == 1
    assert status['pathSuffix'] == ''
    assert before <= status['modificationTime'] <= time.time() * 1000 + 5


def test_status_of_a_directory(client, root):
    client.makedirs(root + '/d/e')
    status = client.status(root + '/d')
    wanted = {'accessTime': 0, 'blockSize': 0, 'childrenNum': 1, 'length': 0, 'permission': '755',
              'replication': 0, 'type': 'DIRECTORY'}
    assert {key: status[key] for key in wanted} == wanted
    assert client.status('/')['type'] == 'DIRECTORY'


def test_status_of_what_is_not_there(client, root):
    assert client.status(root + '/none', strict=False) is None
    with refused('FileNotFoundException') as caught:
        client.status(root + '/none')
    assert 'does not exist' in caught.value.message


def test_status_below_a_file(client, root):
    client.write(root + '/f', b'')
    with refused('ParentNotDirectoryException'):
        client.makedirs(root + '/f/d')


def test_lists_are_sorted(client, root):
    for name in ['b', 'a', 'B', 'ä', '10', '9']:
        client.write(root + '/' + name, b'')
    assert client.list(root) == sorted(['b', 'a', 'B', 'ä', '10', '9'], key=str.encode)
    names, statuses = zip(*client.list(root, status=True))
    assert [status['pathSuffix'] for status in statuses] == list(names)


def test_list_of_no_directory(client, root):
    client.write(root + '/f', b'')
    with pytest.raises(Exception, match='not a directory'):
        client.list(root + '/f')
    with refused('FileNotFoundException'):
        client.list(root + '/none')


def test_list_of_many(client, root):
    for number in range(1200):
        client.makedirs(root + '/d%04d' % number)
    assert client.list(root) == ['d%04d' % number for number in range(1200)]


def test_walk(client, root):
    client.write(root + '/a/f', b'')
    client.write(root + '/a/b/g', b'')
    assert list(client.walk(root)) == [
        (root, ['a'], []), (root + '/a', ['b'], ['f']), (root + '/a/b', [], ['g'])]
    assert len(list(client.walk(root, depth=1))) == 1
    (path, status), _, _ = next(iter(client.walk(root, status=True)))
    assert (path, status['type']) == (root, 'DIRECTORY')


def test_relative_paths_and_latest(client, root):
    client.root = root
    client.write('old', b'1')
    time.sleep(0.01)
    client.write('latest', b'2')
    assert client.resolve('#LATEST') == root + '/latest'
    client.root = None
    assert client.resolve('x') == '/user/%s/x' % USER


def test_content(client, root):
    client.write(root + '/d/f', content(1000), replication=2)
    client.write(root + '/g', content(10))
    summary = client.content(root)
    assert summary['directoryCount'] == 2
    assert summary['fileCount'] == 2
    assert summary['length'] == 1010
    assert summary['spaceConsumed'] == 2010
    assert (summary['quota'], summary['spaceQuota']) == (-1, -1)
    assert client.content(root + '/g')['directoryCount'] == 0
    assert client.content(root + '/none', strict=False) is None
    with refused('FileNotFoundException'):
        client.content(root + '/none')


def test_makedirs(client, root):
    client.makedirs(root + '/a/b', permission='711')
    assert client.status(root + '/a/b')['permission'] == '711'
    client.makedirs(root + '/a/b', permission='700')
    assert client.status(root + '/a/b')['permission'] == '711'
    client.write(root + '/f', b'')
    with refused('FileAlreadyExistsException'):
        client.makedirs(root + '/f')
    client.makedirs('/')


def test_delete(client, root):
    client.write(root + '/d/f', b'')
    assert client.delete(root + '/none') is False
    with refused('PathIsNotEmptyDirectoryException'):
        client.delete(root + '/d')
    assert client.delete(root + '/d/f') is True
    assert client.delete(root + '/d') is True
    client.write(root + '/e/f', b'')
    assert client.delete(root + '/e', recursive=True) is True
    assert client.list(root) == []


def test_delete_to_the_trash(client, root):
    client.write(root + '/f', b'')
    assert client.delete(root + '/f', skip_trash=False) is True
    assert client.list(root) == []
    trash = '/user/%s/.Trash/Current' % USER
    assert client.content(trash)['fileCount'] >= 1
    client.delete('/user', recursive=True)


def test_rename(client, root):
    client.write(root + '/f', b'x')
    client.rename(root + '/f', root + '/g')
    client.makedirs(root + '/d')
    client.rename(root + '/g', root + '/d')
    assert client.list(root + '/d') == ['g']
    client.rename(root + '/d', root + '/e')
    assert read(client, root + '/e/g') == b'x'


def test_renames_that_cannot_be(client, root):
    client.write(root + '/f', b'f')
    client.write(root + '/g', b'g')
    client.makedirs(root + '/d/e')
    for source, target in [('none', 'x'), ('f', 'g'), ('f', 'none/x'), ('f', 'g/x'),
                           ('d', 'd/e'), ('d', 'd'), ('d', 'd/e/x')]:
        with pytest.raises(Exception, match='Unable to rename'):
            client.rename(root + '/' + source, root + '/' + target)
    assert client.list(root) == ['d', 'f', 'g']
    assert read(client, root + '/g') == b'g'


def test_set_owner_permission_times_replication(client, root):
    client.write(root + '/f', b'')
    client.set_owner(root + '/f', owner='ann', group='staff')
    client.set_owner(root + '/f', group='crew')
    client.set_permission(root + '/f', '1604')
    client.set_times(root + '/f', access_time=1234567890123, modification_time=1000)
    client.set_replication(root + '/f', 3)
    status = client.status(root + '/f')
    assert (status['owner'], status['group'], status['permission']) == ('ann', 'crew', '1604')
    assert (status['accessTime'], status['modificationTime']) == (1234567890123, 1000)
    assert status['replication'] == 3
    client.set_times(root + '/f', modification_time=2000)
    assert client.status(root + '/f')['accessTime'] == 1234567890123


def test_setting_what_cannot_be_set(client, root):
    with pytest.raises(Exception, match='not a file'):
        client.set_replication(root, 2)
    with refused('FileNotFoundException'):
        client.set_permission(root + '/none', '644')
    with refused('FileNotFoundException'):
        client.set_owner(root + '/none', owner='x')
    with refused('FileNotFoundException'):
        client.set_times(root + '/none', access_time=1)
    for mode in ('999', 'rwx', '7777', '-1'):
        with refused('IllegalArgumentException'):
            client.set_permission(root, mode)
    with refused('IllegalArgumentException'):
        client.set_replication(root, 0)


def test_acl_status_without_acls(client, root):
    client.makedirs(root + '/d', permission='1770')
    status = client.acl_status(root + '/d')
    assert status['entries'] == []
    assert (status['owner'], status['permission'], status['stickyBit']) == (USER, '1770', True)
    assert client.acl_status(root + '/none', strict=False) is None


def test_acls_are_set_merged_and_removed(client, root):
    client.makedirs(root + '/d', permission='750')
    client.set_acl(root + '/d', 'user::rwx,group::r-x,other::---,user:bob:rwx')
    status = client.acl_status(root + '/d')
    assert (status['entries'], status['permission']) == (['user:bob:rwx', 'group::r-x'], '770')
    assert client.status(root + '/d')['aclBit'] is True
    client.set_acl(root + '/d', 'default:group:crew:r--', clear=False)
    assert client.acl_status(root + '/d')['entries'][2:] == [
        'default:user::rwx', 'default:group::r-x', 'default:group:crew:r--',
        'default:mask::r-x', 'default:other::---']
    client.write(root + '/d/f', b'1', permission='640')
    assert client.acl_status(root + '/d/f')['entries'] == ['group::r-x', 'group:crew:r--']
    client.remove_default_acl(root + '/d')
    client.remove_acl_entries(root + '/d', 'user:bob:')
    assert client.acl_status(root + '/d')['entries'] == ['group::r-x']
    client.remove_acl(root + '/d')
    assert client.acl_status(root + '/d')['entries'] == []
    assert 'aclBit' not in client.status(root + '/d')


def test_acls_that_cannot_be_are_refused(client, root):
    client.write(root + '/f', b'1')
    with refused('AclException'):
        client.set_acl(root + '/f', 'user:bob:rwx')
    with refused('AclException'):
        client.set_acl(root + '/f', 'default:user:bob:rwx', clear=False)
    for wrong in ('bob', 'user:bob', 'user:bob:rwxt', 'crowd:bob:rwx', 'mask:bob:rwx'):
        with refused('IllegalArgumentException'):
            client.set_acl(root + '/f', wrong, clear=False)
    with refused('FileNotFoundException'):
        client.remove_acl(root + '/none')


def test_snapshots(client, stranger, root):
    client.write(root + '/f', b'before')
    with refused('SnapshotException'):
        client.create_snapshot(root, 's')
    with refused('AccessControlException'):
        stranger.allow_snapshot(root)
    client.allow_snapshot(root)
    old = root + '/.snapshot/'
    assert client.create_snapshot(root, 's') == old + 's'
    client.write(root + '/f', b'after', overwrite=True)
    client.write(root + '/g', b'new')
    unnamed = client.create_snapshot(root)
    assert unnamed.startswith(old + 's2')
    client.delete(root + '/f')
    assert read(client, old + 's/f') == b'before'
    assert read(client, unnamed + '/f') == b'after'
    assert client.list(old + 's') == ['f']
    assert client.list(root) == ['g']
    with refused('SnapshotException'):
        client.create_snapshot(root, 's')
    with refused('SnapshotAccessControlException'):
        client.write(old + 's/g', b'x')
    with refused('SnapshotException'):
        client.delete(root, recursive=True)
    client.rename_snapshot(root, 's', 't')
    assert read(client, old + 't/f') == b'before'
    client.delete_snapshot(root, 't')
    with refused('SnapshotException'):
        client.disallow_snapshot(root)
    client.delete_snapshot(root, unnamed.rsplit('/', 1)[1])
    client.disallow_snapshot(root)


def test_strangers_are_kept_out(client, stranger, root):
    client.write(root + '/secret', b'x', permission='600')
    with refused('AccessControlException'):
        read(stranger, root + '/secret')
    with refused('AccessControlException'):
        stranger.write(root + '/new', b'x')
    with refused('AccessControlException'):
        stranger.write(root + '/secret', b'x', append=True)
    with refused('AccessControlException'):
        stranger.write(root + '/secret', b'x', overwrite=True)
    with refused('AccessControlException'):
        stranger.delete(root + '/secret')
    with refused('AccessControlException'):
        stranger.set_permission(root + '/secret', '777')
    with refused('AccessControlException'):
        stranger.set_owner(root + '/secret', owner='stranger')
    with refused('AccessControlException'):
        stranger.rename(root + '/secret', root + '/found')
    assert client.list(root) == ['secret']


def test_strangers_own_what_they_make(client, stranger, root):
    client.makedirs(root + '/open', permission='777')
    stranger.write(root + '/open/f', b'x')
    assert stranger.status(root + '/open/f')['owner'] == 'stranger'
    stranger.set_permission(root + '/open/f', '600')
    assert read(stranger, root + '/open/f') == b'x'
    stranger.delete(root + '/open/f')
