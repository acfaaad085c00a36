import WengertKernels

/// What the user can set for a run, with `set` or options of the command line.
public struct Settings: Sendable {
  /// Significant digits of printed numbers.
  public var digits = 6
  /// Whether bindings answer with their values, as they do at the prompt.
  public var echoes = false
  /// How much memory values may take, in bytes: a quarter of what the machine has.
  public var memory = wl_machine_memory() / 4
  /// Whether plans are made as fast as can be, or each entry for itself; the bits are the same.
  public var isLean = true
  /// Which slope operations take at their kinks.
  public var kinks = KinkChoice.convention
  /// What reverse sweeps make of zeros that stand for nothing.
  public var zeros = ZeroRule.structural
  /// The most that `memory` can be set to.
  public var mostMemory = 1 << 62
  /// How many entries a list may have.
  public var entries = 1 << 26
  /// The most that `entries` can be set to.
  public var mostEntries = 1 << 30
  /// Where printouts fold, in cells.
  public var width = 100
  /// How printouts call values and adjoints.
  var notation = TraceNotation.standard

  /// The defaults.
  public init() {}
}

extension Lowering {
  /// Hands the settings on to where they count.
  mutating func apply(_ settings: Settings) {
    outlet.digits = settings.digits
    limits.memory = settings.memory
    limits.profile = settings.isLean ? .lean : .plain
    limits.zeros = settings.zeros
    list.zeros = settings.zeros
    list.memory = settings.memory
    if limits.kinks != settings.kinks {
      limits.kinks = settings.kinks
      list = list.taking(settings.kinks)
    }
    limits.entries = settings.entries
  }
}
