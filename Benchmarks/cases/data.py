"""Files of numbers, made from a fixed seed without any library, so that all read the same ones."""
import array
import os
import struct


def save(path, rows):
    """Writes a matrix as an .npy file: a header that says what follows, then the doubles."""
    if os.path.exists(path):
        return path
    shape = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({len(rows)}, {len(rows[0])}), }}"
    header = shape.ljust(117) + "\n"
    with open(path + ".part", "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        for row in rows:
            file.write(array.array("d", row).tobytes())
    os.rename(path + ".part", path)
    return path


def one_hot(labels, classes):
    return [[float(c == label) for c in range(classes)] for label in labels]
