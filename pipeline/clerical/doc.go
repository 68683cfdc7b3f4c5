// Package clerical measures accuracy where nobody knows the truth: people judge a sample of the compared pairs, and the
// sample speaks for all of them.
//
// What comes in: compared pairs, one after another, with a weight and a random number each (Sampler); later the sheets that
// reviewers filled in. What goes out: blind sheets to fill in (WriteSheet) with the Key that says what each row is, and a
// Report: precision and recall with 95 % intervals, calibration by stratum, agreement of two reviewers, and the labels
// themselves (Labels) for training. The package reads no clock, knows no model and no caseload, and draws nothing by chance:
// the numbers that it is given decide (I8).
//
// What always holds:
//
//   - A stratum's sample is the pairs with its lowest numbers: a simple random sample without replacement, whatever the order
//     in which pairs come and however many samplers share them.
//   - A sheet holds neither weight nor stratum nor whose record it is; its order and its pair ids come from a hash that knows
//     none of them.
//   - Three labels are kept apart: same, different, cannot tell. What cannot be told, or what two reviewers tell
//     differently, enters no estimate; the report states what it could change.
//   - Whether the reported fact was good is another column. It is counted and enters no estimate and no label.
//   - An interval has no width only where every pair that it speaks of was labelled.
//
// # Intervals
//
// In stratum h, x of k labelled pairs are the same person, of N_h pairs. Its share gets Wilson's score interval (1927), which
// keeps its coverage at shares near 0 and 1 and has a width even when x is 0 or k (Brown, Cai and DasGupta, "Interval
// estimation for a binomial proportion", Statistical Science 16, 2001), with k(N_h-1)/(N_h-k) in the place of k, the
// correction for a finite population in the score statistic. Precision is a weighted sum of shares; its limits are those of
// the shares put together by MOVER (Zou, Huang and Zhang, "A note on confidence interval estimation for a linear function of
// binomial proportions", Computational Statistics and Data Analysis 53, 2009). Recall is a ratio of two such sums, the true
// pairs accepted to all true pairs: a value r is in its interval when MOVER's interval of (1-r)·accepted - r·missed holds 0
// (Donner and Zou, "Closed-form confidence intervals for functions of the normal mean and standard deviation", Statistical
// Methods in Medical Research 21, 2012). A bootstrap was not taken: a stratum in which every label agrees resamples to
// itself, and would get no width.
//
// # Example
//
// Of 1,000 pairs at or above accept 40 are labelled and all are the same person: precision 1, interval .914 to 1. Below are
// 4,000 pairs, of which 1 in 50 labelled is the same person: about 80 of 1,080 true pairs are missed, recall .926.
package clerical
