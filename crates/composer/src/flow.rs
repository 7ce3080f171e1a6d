//! The most that flows through a network: shortest ways with room, one after another (Edmonds and Karp 1972).

use std::collections::VecDeque;

pub(crate) struct Network {
    /// Edges out of each node, by their index.
    out: Vec<Vec<usize>>,
    to: Vec<usize>,
    room: Vec<i64>,
}

impl Network {
    pub(crate) fn new(nodes: usize) -> Self {
        Self {
            out: vec![Vec::new(); nodes],
            to: Vec::new(),
            room: Vec::new(),
        }
    }

    /// An edge and the way back, which has no room yet; gives its index.
    pub(crate) fn edge(&mut self, from: usize, to: usize, room: i64) -> usize {
        let index = self.to.len();
        for (from, to, room) in [(from, to, room), (to, from, 0)] {
            self.out[from].push(self.to.len());
            self.to.push(to);
            self.room.push(room);
        }
        index
    }

    /// Lets more through an edge.
    pub(crate) fn widen(&mut self, edge: usize, by: i64) {
        self.room[edge] += by;
    }

    /// Lets flow as much more as can; gives how much.
    pub(crate) fn most(&mut self, source: usize, sink: usize) -> i64 {
        let mut total = 0;
        while let Some(way) = self.way(source, sink) {
            let most = way.iter().map(|edge| self.room[*edge]).min().unwrap_or(0);
            for edge in way {
                self.room[edge] -= most;
                self.room[edge ^ 1] += most;
            }
            total += most;
        }
        total
    }

    fn way(&self, source: usize, sink: usize) -> Option<Vec<usize>> {
        let mut by: Vec<Option<usize>> = vec![None; self.out.len()];
        let mut next = VecDeque::from([source]);
        while let Some(node) = next.pop_front() {
            for edge in &self.out[node] {
                let to = self.to[*edge];
                if self.room[*edge] > 0 && by[to].is_none() && to != source {
                    by[to] = Some(*edge);
                    next.push_back(to);
                }
            }
            if by[sink].is_some() {
                break;
            }
        }
        let mut way = Vec::new();
        let mut node = sink;
        while node != source {
            let edge = by[node]?;
            way.push(edge);
            node = self.to[edge ^ 1];
        }
        Some(way)
    }
}
