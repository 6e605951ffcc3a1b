//! Many dimensions as two: the directions in which weighted points differ most.

/// Rounds of the power iteration; two directions of a hundred dimensions settle long before.
const N_ROUNDS: usize = 400;

/// Points in the plane.
pub struct Projection {
    /// Places, −1 to 1, both axes on one scale.
    pub places: Vec<[f64; 2]>,
    /// Share of the differences between the points that the plane shows, 0 to 1.
    pub shown_share: f64,
}

/// The first two principal components of `points`, all of one length; `weights` say how much each counts. `None` where
/// the points do not differ.
///
/// The same points give the same places: nothing is drawn by chance, and each direction points to where its largest
/// component is positive.
///
/// # Source
/// Pearson, "On lines and planes of closest fit to systems of points in space", 1901; by power iteration with deflation.
pub fn project(points: &[Vec<f64>], weights: &[f64]) -> Option<Projection> {
    let n_dimensions = points.first()?.len();
    let total: f64 = weights.iter().sum();
    let mut mean = vec![0.0; n_dimensions];
    for (point, weight) in points.iter().zip(weights) {
        mean.iter_mut().zip(point).for_each(|(mean, x)| *mean += weight * x / total);
    }
    let away: Vec<Vec<f64>> =
        points.iter().map(|point| point.iter().zip(&mean).map(|(x, mean)| x - mean).collect()).collect();
    let mut scatter = vec![vec![0.0; n_dimensions]; n_dimensions];
    for (point, weight) in away.iter().zip(weights) {
        for (row, x) in scatter.iter_mut().zip(point) {
            row.iter_mut().zip(point).for_each(|(cell, y)| *cell += weight / total * x * y);
        }
    }
    let whole: f64 = (0..n_dimensions).map(|at| scatter[at][at]).sum();
    if whole <= 1e-9 {
        return None;
    }
    let mut shown = 0.0;
    let mut axes: Vec<Vec<f64>> = Vec::new();
    for _ in 0..2 {
        let (axis, spread) = strongest(&scatter);
        for (row, x) in scatter.iter_mut().zip(&axis) {
            row.iter_mut().zip(&axis).for_each(|(cell, y)| *cell -= spread * x * y);
        }
        shown += spread;
        axes.push(axis);
    }
    let mut places: Vec<[f64; 2]> = away.iter().map(|point| [dot(point, &axes[0]), dot(point, &axes[1])]).collect();
    let widest = places.iter().flatten().fold(0.0, |widest: f64, x| widest.max(x.abs()));
    // Three decimals are finer than a picture and coarser than what two machines could differ by.
    places.iter_mut().flatten().for_each(|x| *x = libm::round(*x / widest * 1000.0) / 1000.0);
    Some(Projection { places, shown_share: (shown / whole).clamp(0.0, 1.0) })
}

/// The direction of the largest eigenvalue of a symmetric matrix, and that value; a null direction where all is zero.
fn strongest(matrix: &[Vec<f64>]) -> (Vec<f64>, f64) {
    let n = matrix.len();
    let start = (0..n).fold(0, |best, at| if matrix[at][at] > matrix[best][best] { at } else { best });
    let mut axis = matrix[start].clone();
    for _ in 0..N_ROUNDS {
        let length = libm::sqrt(dot(&axis, &axis));
        if length <= 1e-12 {
            return (vec![0.0; n], 0.0);
        }
        axis.iter_mut().for_each(|x| *x /= length);
        axis = matrix.iter().map(|row| dot(row, &axis)).collect();
    }
    let spread = libm::sqrt(dot(&axis, &axis));
    if spread <= 1e-12 {
        return (vec![0.0; n], 0.0);
    }
    let largest = (0..n).fold(0, |best, at| if axis[at].abs() > axis[best].abs() + 1e-12 { at } else { best });
    let signed = if axis[largest] < 0.0 { -spread } else { spread };
    axis.iter_mut().for_each(|x| *x /= signed);
    (axis, spread)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A flat cloud: wide along (2, 1, 0), narrow along (−1, 2, 0), nothing along the third axis.
    fn cloud() -> Vec<Vec<f64>> {
        (0..40)
            .map(|n| {
                let (far, near) = (f64::from(n % 8) - 3.5, f64::from(n / 8) * 0.4 - 0.8);
                vec![2.0 * far - near, far + 2.0 * near, 7.0]
            })
            .collect()
    }

    #[test]
    fn a_flat_cloud_is_shown_as_it_lies() {
        let found = project(&cloud(), &[1.0; 40]).expect("the points differ");
        assert!(found.shown_share > 1.0 - 1e-9, "{}", found.shown_share);
        // Along the first axis 3.5 · √5 at most, which is the scale; along the second 0.8 · √5.
        assert_eq!(found.places[7], [1.0, -0.229]);
        assert_eq!(found.places[0], [-1.0, -0.229]);
        assert_eq!(found.places[39], [1.0, 0.229]);
    }

    #[test]
    fn the_order_of_points_and_their_reflection_change_no_sign_of_an_axis() {
        let (points, weights): (Vec<_>, Vec<f64>) = (cloud(), (0..40).map(|n| f64::from(1 + n % 3)).collect());
        let found = project(&points, &weights).expect("the points differ");
        let reversed = project(
            &points.iter().rev().cloned().collect::<Vec<_>>(),
            &weights.iter().rev().copied().collect::<Vec<_>>(),
        )
        .expect("the points differ");
        assert_eq!(reversed.places.into_iter().rev().collect::<Vec<_>>(), found.places);
        // The axes of a reflected cloud are the same, so each point goes to the other side.
        let mirrored: Vec<Vec<f64>> = points.iter().map(|point| point.iter().map(|x| -x).collect()).collect();
        let mirrored = project(&mirrored, &weights).expect("the points differ");
        for (place, other) in found.places.iter().zip(&mirrored.places) {
            assert!((place[0] + other[0]).abs() < 2e-3 && (place[1] + other[1]).abs() < 2e-3, "{place:?} {other:?}");
        }
    }

    #[test]
    fn points_on_a_line_have_one_axis_and_equal_points_none() {
        let line = project(&[vec![0.0, 0.0], vec![1.0, 1.0], vec![3.0, 3.0]], &[1.0; 3]).expect("they differ");
        assert!(line.places.iter().all(|place| place[1] == 0.0), "{:?}", line.places);
        assert!(line.places[0][0] < line.places[1][0] && line.places[1][0] < line.places[2][0]);
        assert!(project(&[vec![2.0; 3], vec![2.0; 3]], &[1.0, 5.0]).is_none());
        assert!(project(&[], &[]).is_none());
    }
}
