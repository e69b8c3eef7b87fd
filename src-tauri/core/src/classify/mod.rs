//! From what Microsoft answered to a failure class.
