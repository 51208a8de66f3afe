//! Which of the things that went and the things that came are one thing.
//!
//! What has a name that stayed is paired by it. Where names are missing or changed, there is less to go by: a shape, a
//! type, being the only one left.

use std::collections::HashMap;
use std::hash::Hash;

use super::place::Node;
use super::types::kind;
use super::value::fingerprint;

/// Pairs, and what is left on either side.
#[derive(Debug)]
pub(super) struct Pairing<T> {
    pub(super) pairs: Vec<(T, T)>,
    pub(super) gone: Vec<T>,
    pub(super) come: Vec<T>,
}

impl<T: Copy> Pairing<T> {
    pub(super) fn new(old: Vec<T>, new: Vec<T>) -> Self {
        Self { pairs: Vec::new(), gone: old, come: new }
    }

    /// Pairs what is left by a key, of which the second argument says whether it is one of the new things. Where keys have
    /// to be unique, a key that occurs twice pairs nothing.
    pub(super) fn by<K: Eq + Hash>(&mut self, unique: bool, key: impl Fn(T, bool) -> Option<K>) {
        if self.gone.is_empty() || self.come.is_empty() {
            return;
        }
        let mut places: HashMap<K, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (index, one) in self.gone.iter().enumerate() {
            if let Some(key) = key(*one, false) {
                places.entry(key).or_default().0.push(index);
            }
        }
        for (index, one) in self.come.iter().enumerate() {
            if let Some(key) = key(*one, true) {
                places.entry(key).or_default().1.push(index);
            }
        }
        let mut taken = (vec![false; self.gone.len()], vec![false; self.come.len()]);
        let mut pairs = Vec::new();
        for (gone, come) in places.into_values() {
            if unique && (gone.len() != 1 || come.len() != 1) {
                continue;
            }
            for (i, j) in gone.into_iter().zip(come) {
                pairs.push((i, j));
                taken.0[i] = true;
                taken.1[j] = true;
            }
        }
        pairs.sort_unstable();
        self.pairs.extend(pairs.into_iter().map(|(i, j)| (self.gone[i], self.come[j])));
        let mut index = 0..;
        self.gone.retain(|_| index.next().is_some_and(|i| !taken.0[i]));
        let mut index = 0..;
        self.come.retain(|_| index.next().is_some_and(|j| !taken.1[j]));
    }

    /// Pairs what is left where it is one on either side.
    pub(super) fn last(&mut self) {
        if let ([a], [b]) = (&*self.gone, &*self.come) {
            self.pairs.push((*a, *b));
            self.gone.clear();
            self.come.clear();
        }
    }

    /// Whether each has its partner.
    pub(super) fn is_complete(&self) -> bool {
        self.gone.is_empty() && self.come.is_empty()
    }
}

/// More candidates for a new name than this are not paired: the guess would be worth nothing.
const MOST: usize = 24;

/// Guesses what went and came back under another name, as pairs of indices.
///
/// A guess is shown beside the removal and the addition, never instead of them: the wire knows no renames. What else
/// changed in the thing is to be compared, so that the new name hides nothing.
pub(super) fn renamings(gone: &[(&str, Node<'_>)], come: &[(&str, Node<'_>)]) -> Vec<(usize, usize)> {
    if gone.len() > MOST || come.len() > MOST {
        return Vec::new();
    }
    let one = |index: usize, is_new: bool| if is_new { come[index] } else { gone[index] };
    let mut pairing = Pairing::new((0..gone.len()).collect(), (0..come.len()).collect());
    pairing.by(true, |index, is_new| Some(fingerprint(one(index, is_new).1.value)));
    pairing.by(false, |index, is_new| Some(plain(one(index, is_new).0)));
    pairing.pairs
}

/// Whether two schemas are of one sort: the same reference, or the same type.
pub(super) fn is_alike(a: Node<'_>, b: Node<'_>) -> bool {
    match (a.value.get("$ref"), b.value.get("$ref")) {
        (Some(a), Some(b)) => a == b,
        (None, None) => kind(a).is_some() && kind(a) == kind(b),
        _ => false,
    }
}

/// A name without what differs between spellings: `imageUrl` and `image_url`.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
