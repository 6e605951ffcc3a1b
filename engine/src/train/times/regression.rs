//! Ridge regression of levels on attributes: one set of slopes for the plant, and for each job what it does otherwise.

use super::robust::sd_around_zero;

/// Rows that the plant's slopes are pulled towards zero by, per standard deviation of an attribute.
const RIDGE_PLANT: f64 = 2.0;
/// Rows that a job's slopes are pulled towards the plant's by.
const RIDGE_JOB: f64 = 8.0;
/// Rows from which on a job may have slopes of its own.
const LEAST_ROWS: usize = 12;
/// Rows of one job that are fitted; more only cost time.
const MAX_ROWS: usize = 3_000;
/// Residuals are cut at so many standard deviations before the second fit.
const CUT: f64 = 2.5;
/// Least standard deviation of residuals for that cut.
const LEAST_SD: f64 = 0.05;

/// One step of one item.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub design: &'a [f32],
    pub log: f64,
    /// 0 to 1, by the precision of its level.
    pub weight: f64,
}

/// Slopes of the plant and of each job.
pub struct Slopes {
    pub plant: Vec<f64>,
    pub jobs: Vec<Vec<f64>>,
}

/// Fits the rows of each job.
///
/// # Shapes
/// `width` entries in each design row and in each list of slopes.
///
/// # Cost
/// Designs are mostly zeros: rows cost the square of their entries that are not, jobs the cube of `width`.
pub fn slopes(jobs: &[Vec<Row>], width: usize) -> Slopes {
    let mut jobs: Vec<Vec<Row>> = jobs.iter().map(|rows| thinned(rows)).collect();
    let first = fit(&jobs, width);
    for (rows, slopes) in jobs.iter_mut().zip(&first.jobs) {
        cut(rows, slopes);
    }
    fit(&jobs, width)
}

fn thinned<'a>(rows: &[Row<'a>]) -> Vec<Row<'a>> {
    rows.iter().step_by(rows.len().div_ceil(MAX_ROWS).max(1)).copied().collect()
}

fn fit(jobs: &[Vec<Row>], width: usize) -> Slopes {
    let mut sum = Normal::new(width);
    for rows in jobs {
        sum.add(&Normal::of(rows, width, &[]));
    }
    let plant = sum.solved(RIDGE_PLANT);
    let own = |rows: &Vec<Row>| {
        if rows.len() < LEAST_ROWS {
            return plant.clone();
        }
        let more = Normal::of(rows, width, &plant).solved(RIDGE_JOB);
        plant.iter().zip(more).map(|(plant, more)| plant + more).collect()
    };
    Slopes { jobs: jobs.iter().map(own).collect(), plant }
}

/// Pulls rows that lie far off towards the fit.
fn cut(rows: &mut [Row], slopes: &[f64]) {
    let middle = intercept(rows, slopes);
    let expected = |row: &Row| middle + dot(slopes, row.design);
    let Some(sd) = sd_around_zero(rows.iter().map(|row| row.log - expected(row))) else { return };
    let limit = CUT * sd.max(LEAST_SD);
    for row in rows {
        let expected = expected(row);
        row.log = expected + (row.log - expected).clamp(-limit, limit);
    }
}

/// Weighted mean of what the slopes leave.
pub fn intercept(rows: &[Row], slopes: &[f64]) -> f64 {
    let total: f64 = rows.iter().map(|row| row.weight).sum();
    rows.iter().map(|row| row.weight * (row.log - dot(slopes, row.design))).sum::<f64>() / total.max(f64::MIN_POSITIVE)
}

/// Slopes times design; 0 without slopes.
pub fn dot(slopes: &[f64], design: &[f32]) -> f64 {
    slopes.iter().zip(design).map(|(slope, x)| slope * f64::from(*x)).sum()
}

/// Sums of products around the means of one job, or of several jobs together.
struct Normal {
    /// width × width, lower triangle, by rows.
    gram: Vec<f64>,
    right: Vec<f64>,
    width: usize,
}

impl Normal {
    fn new(width: usize) -> Self {
        Self { gram: vec![0.0; width * width], right: vec![0.0; width], width }
    }

    /// Of what `slopes` leave of `rows`.
    fn of(rows: &[Row], width: usize, slopes: &[f64]) -> Self {
        let mut normal = Self::new(width);
        let (mut total, mut mean_y) = (0.0, 0.0);
        let mut mean_x = vec![0.0; width];
        let mut filled: Vec<(usize, f64)> = Vec::with_capacity(width);
        for row in rows {
            let y = row.log - dot(slopes, row.design);
            filled.clear();
            filled.extend(row.design.iter().enumerate().filter(|(_, x)| **x != 0.0).map(|(at, x)| (at, f64::from(*x))));
            for (place, (i, x)) in filled.iter().enumerate() {
                let weighted = row.weight * x;
                mean_x[*i] += weighted;
                normal.right[*i] += weighted * y;
                for (j, other) in &filled[..=place] {
                    normal.gram[i * width + j] += weighted * other;
                }
            }
            total += row.weight;
            mean_y += row.weight * y;
        }
        if total <= 0.0 {
            return normal;
        }
        for i in 0..width {
            normal.right[i] -= mean_x[i] * mean_y / total;
            for j in 0..=i {
                normal.gram[i * width + j] -= mean_x[i] * mean_x[j] / total;
            }
        }
        normal
    }

    fn add(&mut self, other: &Self) {
        self.gram.iter_mut().zip(&other.gram).for_each(|(sum, x)| *sum += x);
        self.right.iter_mut().zip(&other.right).for_each(|(sum, x)| *sum += x);
    }

    /// Solves (gram + ridge) slopes = right by Cholesky's decomposition.
    fn solved(mut self, ridge: f64) -> Vec<f64> {
        let n = self.width;
        for i in 0..n {
            for j in 0..=i {
                let mut sum = self.gram[i * n + j] + if i == j { ridge } else { 0.0 };
                for k in 0..j {
                    sum -= self.gram[i * n + k] * self.gram[j * n + k];
                }
                // The ridge keeps the diagonal positive; rounding alone could not bring it below.
                self.gram[i * n + j] = if i == j { libm::sqrt(sum.max(1e-9)) } else { sum / self.gram[j * n + j] };
            }
        }
        let mut x = self.right;
        for i in 0..n {
            for k in 0..i {
                x[i] -= self.gram[i * n + k] * x[k];
            }
            x[i] /= self.gram[i * n + i];
        }
        for i in (0..n).rev() {
            for k in i + 1..n {
                x[i] -= self.gram[k * n + i] * x[k];
            }
            x[i] /= self.gram[i * n + i];
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// y = 1 + 2a − b in the first job, y = 5 + 2a + b in the second; some rows are far off.
    fn designs() -> Vec<[f32; 2]> {
        (0..200).map(|at| [(at % 7) as f32 - 3.0, (at % 5) as f32 - 2.0]).collect()
    }

    fn rows(designs: &[[f32; 2]], law: impl Fn(f64, f64) -> f64) -> Vec<Row<'_>> {
        designs
            .iter()
            .enumerate()
            .map(|(at, design)| {
                let wrong = if at % 19 == 0 { 4.0 } else { 0.0 };
                let noise = if at % 2 == 0 { 0.1 } else { -0.1 };
                Row { design, log: law(f64::from(design[0]), f64::from(design[1])) + noise + wrong, weight: 1.0 }
            })
            .collect()
    }

    #[test]
    fn slopes_are_shared_where_jobs_agree_and_own_where_they_do_not() {
        let designs = designs();
        let jobs = [rows(&designs, |a, b| 1.0 + 2.0 * a - b), rows(&designs, |a, b| 5.0 + 2.0 * a + b)];
        let found = slopes(&jobs, 2);
        assert!((found.plant[0] - 2.0).abs() < 0.05 && found.plant[1].abs() < 0.1, "{:?}", found.plant);
        assert!((found.jobs[0][1] + 1.0).abs() < 0.1 && (found.jobs[1][1] - 1.0).abs() < 0.1, "{:?}", found.jobs);
    }

    #[test]
    fn a_job_with_few_rows_takes_the_slopes_of_the_plant() {
        let designs = designs();
        let many = rows(&designs, |a, b| 2.0 * a + b);
        let few: Vec<Row> = rows(&designs, |a, b| -2.0 * a - b).into_iter().skip(1).take(5).collect();
        let found = slopes(&[many, few], 2);
        assert_eq!(found.jobs[1], found.plant);
        assert!(found.plant[0] > 1.5);
    }

    #[test]
    fn no_rows_and_no_attributes_are_no_slopes() {
        assert_eq!(slopes(&[Vec::new()], 3).plant, [0.0; 3]);
        assert!(slopes(&[vec![Row { design: &[], log: 1.0, weight: 1.0 }]], 0).plant.is_empty());
    }
}
