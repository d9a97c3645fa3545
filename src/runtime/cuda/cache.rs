//! A small cache of what was used lately.

use std::{borrow::Borrow, collections::HashMap, hash::Hash, mem};

/// At least the `room` entries that were used last, and at most twice as many.
pub struct Cache<K, V> {
    room: usize,
    /// Entries that were used since the last turn.
    young: HashMap<K, V>,
    /// Those of the turn before, which go at the next one.
    old: HashMap<K, V>,
}

impl<K: Hash + Eq, V: Clone> Cache<K, V> {
    /// An empty cache.
    pub fn new(room: usize) -> Self {
        Self { room, young: HashMap::new(), old: HashMap::new() }
    }

    /// The value of a key.
    pub fn get<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if let Some(value) = self.young.get(key) {
            return Some(value.clone());
        }
        let (key, value) = self.old.remove_entry(key)?;
        self.put(key, value.clone());
        Some(value)
    }

    /// Keeps a value.
    pub fn put(&mut self, key: K, value: V) {
        if self.young.len() >= self.room {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::Cache;

    #[test]
    fn what_was_used_last_stays_and_the_rest_goes() {
        let mut cache = Cache::new(4);
        for number in 0..100 {
            cache.put(number, number * 2);
            assert_eq!(cache.get(&0), Some(0), "used all the time");
            assert_eq!(cache.get(&number), Some(number * 2));
            assert!(cache.young.len() + cache.old.len() <= 8);
        }
        assert_eq!(cache.get(&50), None);
    }
}
