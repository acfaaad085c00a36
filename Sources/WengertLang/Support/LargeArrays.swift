import WengertKernels

extension Array where Element: BitwiseCopyable {
  /// Makes room for elements, in large pages where there are many; what is not used costs nothing.
  mutating func reserveLarge(_ capacity: Int) {
    guard capacity > self.capacity else { return }
    reserveCapacity(capacity)
    withUnsafeMutableBufferPointer { elements in
      wl_prefer_large_pages(elements.baseAddress, capacity * MemoryLayout<Element>.stride)
    }
  }
}
