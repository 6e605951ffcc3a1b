//! The peak of this process's memory, where the system tells it (Linux).

/// Forgets the peak so far, so that the next one is that of what comes now with all that is held. Where the system does
/// not allow it the peak is that of the whole process, which is never too low.
pub fn forget_peak() {
    // "5" resets the peak resident set size: proc(5), clear_refs.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Most bytes that were resident; `None` where the system does not say.
pub fn peak_bytes() -> Option<f64> {
    peak_of(&std::fs::read_to_string("/proc/self/status").ok()?)
}

fn peak_of(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read_or_unknown() {
        assert_eq!(peak_of("VmPeak:\t  9 kB\nVmHWM:\t    2048 kB\nVmRSS:\t 1 kB\n"), Some(2_097_152.0));
        assert_eq!(peak_of("VmRSS:\t 1 kB\n"), None);
    }
}
