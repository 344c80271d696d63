"""Makes Arrow's own tests of Plasma, which come with the wheel, start another store than its own.

A plugin of pytest. PLASMA_COMMAND holds the words of a command, one a line, that takes a socket, a
capacity in bytes, and a folder for evicted objects where the test asks for an external store.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
import warnings

import pyarrow.plasma as plasma


@contextlib.contextmanager
def start_plasma_store(plasma_store_memory, external_store=None, **_):
    # test_plasma_deprecated asks for the warning
    warnings.warn('Plasma is deprecated', DeprecationWarning)
    folder = tempfile.mkdtemp(prefix='plasma-')
    path = os.path.join(folder, 'plasma.sock')
    command = os.environ['PLASMA_COMMAND'].splitlines()
    command += [path, str(plasma_store_memory)]
    if external_store:
        command.append(os.path.join(folder, 'spill'))
    process = subprocess.Popen(command)
    try:
        while not os.path.exists(path):
            assert process.poll() is None, 'the store did not start'
            time.sleep(0.01)
        yield path, process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        shutil.rmtree(folder)


plasma.start_plasma_store = start_plasma_store
