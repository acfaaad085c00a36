"""Data files that are wrong: truncated, with bits flipped, with sizes that are lies."""
import io
import json
import struct
import zipfile

HUGE = [0, 1, 2, 7, 255, 65536, 2**31 - 1, 2**31, 2**32, 2**40, 2**62, 2**63 - 1, 2**64 - 1, 10**30]
TYPES = ["<f8", ">f8", "<f4", "<f2", "<i8", ">i4", "|i1", "|u1", "|b1", "<c16", "<U5", "|O", "x", ""]
DTYPES = ["F64", "F32", "F16", "BF16", "I64", "I32", "U8", "BOOL", "F8_E4M3", "", "C64"]
NUMBERS = [
    "1", "-2.5", "1e9", "1e999", "-1e-999", "nan", "NaN", "inf", "-Infinity", "", " ", "0x10", "1_000",
    "1,5", "\"", "\"\"", "a", "+3", "--1", "1e", ".", "1.2.3", "\u0661", "9" * 400, "\x00", "\ufeff1"]


def spoiled(r, contents, changes=8):
    """A file with some of its bytes changed, lost or doubled, or with its end cut off."""
    data = bytearray(contents)
    for _ in range(r.randint(1, changes)):
        if not data:
            break
        i = r.randrange(len(data))
        way = r.randrange(7)
        if way == 0:
            data[i] = r.choice([0, 1, 127, 128, 255, r.randrange(256)])
        elif way == 1:
            del data[i:i + r.randint(1, 40)]
        elif way == 2:
            data[i:i] = bytes(r.randrange(256) for _ in range(r.randint(1, 9)))
        elif way == 3:
            data[i:i + 8] = r.choice([b"\xff" * 8, b"\0" * 8, b"99999999", b"\x7f" + b"\xff" * 7])
        elif way == 4:
            data[i] ^= 1 << r.randrange(8)
        elif way == 5:
            del data[i:]
        else:
            j = r.randrange(len(data))
            data[i:i] = data[j:j + r.randint(1, 60)]
    return bytes(data)


def shape(r):
    return [r.choice(HUGE + [2, 3]) for _ in range(r.choice([0, 1, 1, 2, 2, 3, 8, 70]))]


def npy(r):
    """An array file whose header tells whatever it likes."""
    kind = r.choice(TYPES)
    extents = ", ".join(str(extent) for extent in shape(r))
    header = r.choice([
        f"{{'descr': '{kind}', 'fortran_order': {r.choice(['True', 'False', '1'])}, "
        f"'shape': ({extents},), }}",
        f"{{'descr': [('a', '{kind}')], 'fortran_order': False, 'shape': ({extents}), }}",
        f"{{'shape': ({extents}) 'descr': '{kind}'", "{}", "", "{" * 50_000,
        f"{{'descr': '{kind}', 'fortran_order': False, 'shape': (-1, {extents}), }}",
    ]).encode()
    length = r.choice([len(header), len(header), len(header), 0, 65535, 10])
    version = r.choice([1, 1, 1, 2, 3, 0, 255])
    size = struct.pack("<H" if version == 1 else "<I", length)
    return b"\x93NUMPY" + bytes([version, 0]) + size + header + r.randbytes(r.choice([0, 8, 16, 200]))


def npz(r):
    """An archive: well made, then spoiled; or a bomb."""
    file = io.BytesIO()
    compression = r.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name in r.sample(["a.npy", "b.npy", "W1.npy", "../x.npy", "c", ".npy", "\u03b1.npy"], 3):
            data = npy(r) if r.random() < 0.8 else b"\0" * r.choice([0, 100_000, 2_000_000])
            # With a date of its own it is the same file for the same number.
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    contents = file.getvalue()
    return contents if r.random() < 0.3 else spoiled(r, contents)


def safetensors(r):
    header = {
        name: {"dtype": r.choice(DTYPES), "shape": shape(r),
               "data_offsets": [r.choice(HUGE + [0, 8]), r.choice(HUGE + [8, 16])]}
        for name in r.sample(["a", "W1", "b1", "", "__metadata__", "\u03b1"], r.randint(0, 3))}
    text = json.dumps(header).encode()
    if r.random() < 0.3:
        text = spoiled(r, text)
    length = r.choice([len(text), len(text), len(text), r.choice(HUGE)]) & (2**64 - 1)
    return struct.pack("<Q", length) + text + r.randbytes(r.choice([0, 8, 16, 200]))


def table(r):
    """Rows of numbers, or of what passes for them."""
    separator, end = r.choice([",", ";", "\t", " ", ", "]), r.choice(["\n", "\r\n", "\r", "\n\n"])
    width = r.choice([1, 2, 3, 100])
    rows = [
        separator.join(r.choice(NUMBERS if r.random() < 0.2 else ["1", "2.5"])
                       for _ in range(width + r.choice([0] * 20 + [1, -1])))
        for _ in range(r.choice([0, 1, 3, 50]))]
    text = end.join(rows)
    encoding = r.choice(["utf-8"] * 5 + ["utf-16", "utf-8-sig", "utf-32"])
    return text.encode(encoding, errors="replace")


def tree(r):
    """Lists in lists: deep, ragged, endless."""
    depth = r.choice([1, 3, 200, 600, 100_000])
    opening, closing = r.choice([("[", "]"), ("{\"a\":", "}"), ("[1,", "]"), ("[[", "]"), ("[", "")])
    inner = r.choice(NUMBERS + ["null", "true", "[1, 2], [3]", "\"\\ud800\"", "\"\\u12\"", "{}"])
    return (opening * depth + inner + closing * depth).encode("utf-8", errors="replace")


MAKERS = {".npy": npy, ".npz": npz, ".safetensors": safetensors, ".csv": table, ".tsv": table,
          ".json": tree}


def made(r):
    """The name and the bytes of a file that somebody made up."""
    ending = r.choice(list(MAKERS))
    return "a" + ending, MAKERS[ending](r)


def bomb_entry():
    entry = zipfile.ZipInfo("a.npy")
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def bomb(megabytes):
    """A small archive that unpacks into so many megabytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        count = megabytes << 17
        header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({count},), }}".encode()
        start = b"\x93NUMPY\x01\0" + struct.pack("<H", len(header)) + header
        # In pieces: a process that this one starts is taken to have been as large as this one.
        with archive.open(bomb_entry(), "w") as member:
            member.write(start)
            for _ in range(megabytes):
                member.write(b"\0" * (1 << 20))
    return file.getvalue()
