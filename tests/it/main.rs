//! Tests of certalog from outside, one module for each subject.

mod markdown;
