//! What this process has used, where the system tells it (Linux): the peak of its memory, and its time on the processors.

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

/// Seconds that all threads of this process have been on a processor; `None` where the system does not say.
pub fn cpu_s() -> Option<f64> {
    cpu_of(&std::fs::read_to_string("/proc/self/stat").ok()?)
}

/// Linux counts in hundredths of a second towards programs (USER_HZ), whatever it does inside.
const TICKS_PER_S: f64 = 100.0;

fn cpu_of(stat: &str) -> Option<f64> {
    // The program's name, in brackets, may hold blanks; utime and stime are fields 14 and 15, the 12th and 13th after it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS_PER_S)
}

fn peak_of(status: &str) -> Option<f64> {
    size_of(status, "VmHWM:")
}

/// Bytes that are resident, out of a process's `/proc/…/status`.
pub fn resident_of(status: &str) -> Option<f64> {
    size_of(status, "VmRSS:")
}

fn size_of(status: &str, name: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
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
        assert_eq!(resident_of("VmHWM:\t 9 kB\nVmRSS:\t 1 kB\n"), Some(1024.0));
    }

    #[test]
    fn the_time_on_processors_is_read_or_unknown() {
        let stat = "7 (a ) b) R 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0";
        assert_eq!((cpu_of(stat), cpu_of("7 (a) R 1 2")), (Some(3.0), None));
    }
}
