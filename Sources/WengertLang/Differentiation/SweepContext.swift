/// What is known around a list while sweeps are written into it.
struct SweepContext {
  /// The elements of an entry whose value is known before the sweep runs, nil where it is not.
  var known: (Slot) -> [Double]?
}
