#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| certalog_fuzz::request(input));
