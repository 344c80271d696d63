"""Directories, listing, renaming, deleting."""

import pytest

from support import names, read, write

ENTRIES = 1205


def test_a_directory_is_made_once_and_found_again(client, home):
    client.mkdirs(home + '/d', permission=0o750)
    client.mkdirs(home + '/d')
    status = client.get_file_info(home + '/d')
    assert status.isdir
    assert status.permission == 0o750
    assert status.owner == 'root'
    assert status.length == status.replication == status.blocksize == 0


def test_parents_are_made_only_when_asked_for(client, home):
    with pytest.raises(FileNotFoundError):
        client.mkdirs(home + '/a/b/c')
    client.mkdirs(home + '/a/b/c', create_parent=True)
    assert client.get_file_info(home + '/a/b').isdir


def test_no_directory_where_a_file_is(client, home):
    write(client, home + '/f')
    with pytest.raises(FileExistsError):
        client.mkdirs(home + '/f')
    with pytest.raises(RuntimeError, match='ParentNotDirectoryException'):
        client.mkdirs(home + '/f/below')


def test_listing_is_in_order_and_recursive_when_asked(client, home):
    for name in ('b', 'a', 'c'):
        client.mkdirs(f'{home}/{name}')
    write(client, home + '/a/x')
    assert names(client.list_status(home)) == ['a', 'b', 'c']
    assert names(client.list_status(home, recursive=True)) == ['a', 'x', 'b', 'c']
    assert names(client.list_status(home + '/b')) == []


def test_a_file_lists_itself(client, home):
    path = write(client, home + '/f')
    statuses = list(client.list_status(path))
    assert len(statuses) == 1
    assert statuses[0].length == 4


def test_listing_goes_on_behind_a_page(client, home):
    expected = []
    for number in range(ENTRIES):
        expected.append(f'n{number:05}')
        client.mkdirs(f'{home}/{expected[-1]}')
    assert names(client.list_status(home)) == expected


def test_listing_what_is_not_there_fails(client, home):
    with pytest.raises(FileNotFoundError):
        list(client.list_status(home + '/missing'))


def test_glob_finds_names(client, home):
    for name in ('a1', 'a2', 'b1'):
        write(client, f'{home}/{name}')
    assert names(client.glob_status(home + '/a*')) == ['a1', 'a2']
    assert names(client.glob_status(home + '/{a1,b1}')) == ['a1', 'b1']
    assert client.glob_status(home + '/z*') == []


@pytest.mark.parametrize('name', ['with space', 'grün', '数据', 'a%20b', 'x' * 255, 'a+b&c=d?e#f'])
def test_names_keep_their_letters(client, home, name):
    path = write(client, f'{home}/{name}')
    assert read(client, path) == b'data'
    assert names(client.list_status(home)) == [name]
    assert client.get_file_info(path).path.endswith(name)


def test_a_name_that_is_too_long_is_refused(client, home):
    with pytest.raises(RuntimeError, match='InvalidPathException'):
        client.mkdirs(home + '/' + 'x' * 256)


def test_rename_moves_files_and_directories(client, home):
    write(client, home + '/f')
    client.rename(home + '/f', home + '/g')
    assert read(client, home + '/g') == b'data'
    client.mkdirs(home + '/d')
    client.rename(home + '/d', home + '/e')
    assert client.get_file_info(home + '/e').isdir
    with pytest.raises(FileNotFoundError):
        client.get_file_info(home + '/f')


def test_rename_replaces_only_when_asked(client, home):
    write(client, home + '/f', b'new')
    write(client, home + '/g', b'old')
    with pytest.raises(FileExistsError):
        client.rename(home + '/f', home + '/g')
    client.rename(home + '/f', home + '/g', overwrite=True)
    assert read(client, home + '/g') == b'new'
    assert names(client.list_status(home)) == ['g']


def test_rename_replaces_an_empty_directory_and_no_other(client, home):
    client.mkdirs(home + '/d')
    client.mkdirs(home + '/empty')
    client.mkdirs(home + '/full/x', create_parent=True)
    with pytest.raises(RuntimeError, match='IOException'):
        client.rename(home + '/d', home + '/full', overwrite=True)
    client.rename(home + '/d', home + '/empty', overwrite=True)
    write(client, home + '/f')
    with pytest.raises(RuntimeError, match='IOException'):
        client.rename(home + '/f', home + '/empty', overwrite=True)


def test_rename_errors(client, home):
    client.mkdirs(home + '/d')
    write(client, home + '/f')
    with pytest.raises(FileNotFoundError):
        client.rename(home + '/missing', home + '/g')
    with pytest.raises(FileNotFoundError):
        client.rename(home + '/f', home + '/missing/g')
    with pytest.raises(RuntimeError, match='ParentNotDirectoryException'):
        client.rename(home + '/d', home + '/f/g')
    with pytest.raises(RuntimeError, match='IOException'):
        client.rename(home + '/d', home + '/d/e')
    with pytest.raises(FileExistsError):
        client.rename(home + '/f', home + '/f')


def test_delete(client, home):
    client.mkdirs(home + '/d/e', create_parent=True)
    write(client, home + '/f')
    assert client.delete(home + '/f')
    assert not client.delete(home + '/f')
    with pytest.raises(RuntimeError, match='PathIsNotEmptyDirectoryException'):
        client.delete(home + '/d')
    assert client.delete(home + '/d', True)
    assert names(client.list_status(home)) == []
