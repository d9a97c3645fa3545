//! Vector clocks: what each agent knows of the others.
//!
//! Agents are the warps of a block, the matrix unit and the copy engine on behalf of each warp, everything launched before, and each
//! barrier on behalf of the copies that arrive there. The count of an agent at another one says up to which event
//! the one is ordered before what the other does next.

/// Who does something.
pub type Agent = usize;

/// What is known of each agent.
#[derive(Clone, Debug, Default)]
pub struct Clock(Vec<u32>);

impl Clock {
    /// Up to which event of an agent.
    pub fn of(&self, agent: Agent) -> u32 {
        self.0.get(agent).copied().unwrap_or(0)
    }

    /// Knows of an agent's events up to one.
    pub fn raise(&mut self, agent: Agent, to: u32) {
        if self.0.len() <= agent {
            self.0.resize(agent + 1, 0);
        }
        self.0[agent] = self.0[agent].max(to);
    }

    /// Knows of an agent's events up to one, and of no more.
    pub fn set(&mut self, agent: Agent, to: u32) {
        if self.0.len() <= agent {
            self.0.resize(agent + 1, 0);
        }
        self.0[agent] = to;
    }

    /// Knows what another one knows.
    pub fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own = (*own).max(*other);
        }
    }
}

/// What is known, and what of it can be seen by the copy engine and the matrix unit.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// By threads.
    pub threads: Clock,
    /// By the asynchronous proxy (PTX ISA, memory consistency model, proxies): a proxy fence lies between.
    pub engines: Clock,
}

impl Known {
    /// Knows what another one knows.
    pub fn join(&mut self, other: &Self) {
        self.threads.join(&other.threads);
        self.engines.join(&other.engines);
    }

    /// Knows of an agent's events up to one.
    pub fn raise(&mut self, agent: Agent, to: u32) {
        self.threads.raise(agent, to);
        self.engines.raise(agent, to);
    }
}
