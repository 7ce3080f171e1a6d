//! Who with whom: conditions, search, proof, explanation.
