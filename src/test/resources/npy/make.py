"""Writes the NumPy files that NumpyFileTest and NpyLoaderTest read: python3 make.py DIRECTORY [SAMPLES [SEED]].

types.npz has an array of random bits for every type, byte order and memory order; types.csv what NumPy itself
makes of them, converted to double: name, number of samples, values in C order. The files beside this script are
those of: python3 make.py . (NumPy 2.4.6, 2026-11-23). The same arguments give the same bytes.
"""
import os
import sys

import numpy as np

directory = sys.argv[1]
samples = int(sys.argv[2]) if len(sys.argv) > 2 else 3
random = np.random.default_rng(int(sys.argv[3]) if len(sys.argv) > 3 else 1)


def path(name):
    return os.path.join(directory, name)


arrays = {}
for kind in ["?", "i1", "u1", "i2", "u2", "f2", "i4", "u4", "f4", "i8", "u8", "f8"]:
    for byte_order in "<>" if kind[-1] in "248" else "|":
        for order in "CF":
            dtype = np.dtype(kind if byte_order == "|" else byte_order + kind)
            bits = random.integers(0, 256, (samples, 4 * dtype.itemsize), dtype=np.uint8)
            values = (bits % 2).view(dtype) if kind == "?" else bits.view(dtype)
            name = "%s_%s_%s" % ("b1" if kind == "?" else kind, {"<": "little", ">": "big", "|": "byte"}[byte_order], order)
            arrays[name] = np.asarray(values, order=order)
np.savez_compressed(path("types.npz"), **arrays)
with open(path("types.csv"), "w") as csv, np.errstate(invalid="ignore"):
    for name, array in arrays.items():
        print(name, samples, *map(repr, array.astype(np.float64).ravel().tolist()), sep=",", file=csv)

# Value = position in C order.
grid = np.arange(3 * 2 * 2 * 5).reshape(3, 2, 2, 5)
np.savez(
    path("shapes.npz"),
    c4=grid.astype(np.float32),
    f4=np.asfortranarray(grid),
    f3=np.asfortranarray(grid.reshape(3, 4, 5).astype(">f8")),
    one=np.arange(3),
    column=np.arange(3).reshape(3, 1),
)

x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
labels = {
    "int64": np.array([10, -1, 2, 10]),
    "uint64": np.array([2**64 - 1, 7, 2**63, 7], np.uint64),
    "bool": np.array([False, True, True, False]),
    "whole": np.array([10.0, np.nan, -0.0, 0.0], np.float32),
    "fraction": np.array([0.5, 1.5, -2, 1e300]),
    "unicode": np.array(["horse", "\u00e4", "", "\U0001f600"]),
    "unicodebig": np.array(["b", "a", "b", "ab"], ">U2"),
    "bytes": np.array(["b".encode(), "\u00e4".encode(), b"a", b"b"]),
    "column": np.array([[1], [0], [0], [1]], np.uint8),
    "onehot": np.eye(4, dtype=np.int8),
}
for name, array in labels.items():
    np.savez(path("labels-%s.npz" % name), L1=x, labels=array)
np.savez(path("network.npz"), fc=np.array([0, 1, 1, 0]), L2=x[:, ::-1], L10=x[:, :1], label=np.array(list("noyn")))
np.savez(path("two-classes.npz"), y=np.array([0, 1, 1, 0]), L2=x[:, ::-1], L10=x[:, :1], label=np.array(list("noyn")))
np.savez(path("lengths.npz"), L1=x, L2=x[:3], labels=np.arange(4))
np.savez(path("scalar.npz"), L1=x, epoch=7)
np.savez(path("text.npz"), L1=x, names=np.array(list("abcd")))
np.savez(path("empty.npz"))

for version in [(1, 0), (2, 0), (3, 0)]:
    with open(path("version%d.npy" % version[0]), "wb") as file:
        np.lib.format.write_array(file, np.arange(6, dtype="<i2").reshape(2, 3), version=version)
np.save(path("vector.npy"), np.arange(3))
np.save(path("nosamples.npy"), np.zeros((0, 2)))
np.save(path("nounits.npy"), np.zeros((2, 0)))
with open(path("two.npy"), "wb") as file:
    np.save(file, x)
    np.save(file, x)

np.save(path("refused-object.npy"), np.array([1, "a", None], object), allow_pickle=True)
np.save(path("refused-structured.npy"), np.zeros(2, [("a", "<f4"), ("b", "<i2")]))
np.save(path("refused-subarray.npy"), np.zeros(2, [("a", "<f4", (2,))]))
np.save(path("refused-complex.npy"), np.zeros(2, complex))
np.save(path("refused-datetime.npy"), np.zeros(2, "datetime64[D]"))
np.save(path("refused-void.npy"), np.zeros(2, "V2"))
np.save(path("refused-longdouble.npy"), np.zeros(2, "<f16"))
