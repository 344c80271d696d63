"""Owner, mode, times, replication, summaries, and who may do what."""

import pytest

from hdfs_native import AclEntry, TrashNotEnabledError

from support import SUPERUSER, as_user, read, write


def test_owner_and_group(client, home):
    path = write(client, home + '/f')
    client.set_owner(path, owner='ann', group='crew')
    client.set_owner(path, group='staff')
    client.set_owner(path, owner='bob')
    status = client.get_file_info(path)
    assert (status.owner, status.group) == ('bob', 'staff')


def test_permission(client, home):
    path = write(client, home + '/f')
    for mode in (0o600, 0o1777, 0o000, 0o644):
        client.set_permission(path, mode)
        assert client.get_file_info(path).permission == mode


def test_times(client, home):
    path = write(client, home + '/f')
    client.set_times(path, 1_000_000_000_123, 1_100_000_000_456)
    status = client.get_file_info(path)
    assert status.modification_time == 1_000_000_000_123
    assert status.access_time == 1_100_000_000_456


def test_replication(client, home):
    path = write(client, home + '/f')
    assert client.set_replication(path, 5)
    assert client.get_file_info(path).replication == 5
    assert not client.set_replication(home, 5)
    with pytest.raises(RuntimeError, match='IOException'):
        client.set_replication(path, 0)


def test_content_summary(client, home):
    client.mkdirs(home + '/d')
    write(client, home + '/d/a', b'12345', replication=2)
    write(client, home + '/b', b'123', replication=1)
    summary = client.get_content_summary(home)
    assert (summary.length, summary.file_count, summary.directory_count) == (8, 2, 2)
    assert summary.space_consumed == 13
    with pytest.raises(FileNotFoundError):
        client.get_content_summary(home + '/missing')


def test_acl_status_has_owner_and_no_entries(client, home):
    path = write(client, home + '/f')
    client.set_permission(path, 0o1640)
    status = client.get_acl_status(path)
    assert (status.owner, status.permission, status.sticky) == (SUPERUSER, 0o1640, True)
    assert status.entries == []


def entries(client, path):
    return [(e.type, e.scope, e.permissions, e.name) for e in client.get_acl_status(path).entries]


def test_acl_entries_are_merged_removed_and_replaced(client, home):
    path = home + '/d'
    client.mkdirs(path, permission=0o750)
    client.modify_acl_entries(path, [AclEntry('user', 'access', 'rwx', 'bob'),
                                     AclEntry('user', 'default', 'r--', 'ann')])
    assert client.get_file_info(path).permission == 0o770
    assert entries(client, path) == [
        ('user', 'access', 'rwx', 'bob'), ('group', 'access', 'r-x', None),
        ('user', 'default', 'rwx', None), ('user', 'default', 'r--', 'ann'),
        ('group', 'default', 'r-x', None), ('mask', 'default', 'r-x', None),
        ('other', 'default', '---', None)]
    client.remove_acl_entries(path, [AclEntry('user', 'default', '---', 'ann')])
    assert ('user', 'default', 'r--', 'ann') not in entries(client, path)
    client.remove_default_acl(path)
    assert entries(client, path) == [('user', 'access', 'rwx', 'bob'),
                                     ('group', 'access', 'r-x', None)]
    client.set_acl(path, [AclEntry('user', 'access', 'rwx'), AclEntry('group', 'access', 'r--'),
                          AclEntry('other', 'access', '--x'),
                          AclEntry('group', 'access', 'rwx', 'crew')])
    assert entries(client, path) == [('group', 'access', 'r--', None),
                                     ('group', 'access', 'rwx', 'crew')]
    client.remove_acl(path)
    assert entries(client, path) == []
    assert client.get_file_info(path).permission == 0o741


def test_acl_that_cannot_be_is_refused(client, home):
    path = write(client, home + '/f')
    for change in (
            lambda: client.modify_acl_entries(path, [AclEntry('user', 'default', 'r--', 'bob')]),
            lambda: client.set_acl(path, [AclEntry('user', 'access', 'rwx', 'bob')])):
        with pytest.raises(RuntimeError, match='AclException'):
            change()
    with pytest.raises(FileNotFoundError):
        client.remove_acl(home + '/missing')


def test_acl_decides_who_reads(client, home):
    path = write(client, home + '/f', b'secret')
    client.set_permission(path, 0o600)
    bob = as_user('bob')
    with pytest.raises(RuntimeError, match='AccessControlException'):
        read(bob, path)
    client.modify_acl_entries(path, [AclEntry('user', 'access', 'r--', 'bob')])
    assert read(bob, path) == b'secret'
    client.set_permission(path, 0o600)
    with pytest.raises(RuntimeError, match='AccessControlException'):
        read(bob, path)


def test_there_is_no_trash(client, home):
    path = write(client, home + '/f')
    with pytest.raises(TrashNotEnabledError):
        client.trash(path)


def test_what_is_missing_is_not_found(client, home):
    missing = home + '/missing'
    for call in (
            lambda: client.get_file_info(missing),
            lambda: client.set_owner(missing, 'a'),
            lambda: client.set_permission(missing, 0o600),
            lambda: client.set_times(missing, 1, 1),
            lambda: client.get_acl_status(missing)):
        with pytest.raises(FileNotFoundError):
            call()
    assert not client.set_replication(missing, 2)


def test_others_are_kept_out(client, home):
    path = write(client, home + '/mine')
    client.set_permission(path, 0o600)
    bob = as_user('bob')
    for call in (
            lambda: read(bob, path),
            lambda: bob.append(path),
            lambda: bob.create(home + '/theirs'),
            lambda: bob.mkdirs(home + '/theirs'),
            lambda: bob.delete(path),
            lambda: bob.rename(path, home + '/theirs'),
            lambda: bob.set_owner(path, 'bob'),
            lambda: bob.set_permission(path, 0o666)):
        with pytest.raises(RuntimeError, match='AccessControlException'):
            call()
    assert bob.get_file_info(path).length == 4


def test_a_sticky_folder_is_shared(client, home):
    client.set_permission(home, 0o1777)
    bob = as_user('bob')
    write(bob, home + '/bobs')
    assert bob.get_file_info(home + '/bobs').owner == 'bob'
    carol = as_user('carol')
    assert read(carol, home + '/bobs') == b'data'
    with pytest.raises(RuntimeError, match='AccessControlException'):
        carol.delete(home + '/bobs')
    assert bob.delete(home + '/bobs')
