//! Tests of how tiles are chosen.

use super::*;

fn tiles(score_depths: &[i64], accumulators: &[i64], values: &[i64]) -> Tiles {
    let footprint = Footprint {
        score_depths: score_depths.to_vec(),
        accumulators: vec![accumulators.to_vec()],
        values: values.to_vec(),
        live_scores: 1,
        terms: 1,
        ..Footprint::default()
    };
    let schedule = Schedule::of("sm_90a").expect("the schedule parses");
    schedule
        .fit(&footprint, Tiles { query: 128, key: 128, apart: false, blocks: 1, once: 1 }, 0, &|_| None)
        .expect("tiles that fit")
}

#[test]
fn every_head_dim_up_to_256_fits() {
    for depth in (8..=256).step_by(8) {
        for columns in (8..=256).step_by(8) {
            let chosen = tiles(&[depth], &[columns], &[columns]);
            assert!(chosen.key >= 16, "{depth} {columns}: {chosen:?}");
        }
    }
}

#[test]
fn rows_follow_from_what_is_visited() {
    let schedule = Schedule::of("sm_90a").expect("the schedule parses");
    let chosen = |length: i64, batch: i64, visited: fn(i64, i64) -> i64| {
        let footprint = Footprint {
            score_depths: vec![64],
            accumulators: vec![vec![64]],
            values: vec![64],
            live_scores: 1,
            terms: 1,
            queries: Some(length),
            keys: Some(length),
            batch: Some(batch),
            ..Footprint::default()
        };
        let of = |tiles: Tiles| {
            let count = (length + tiles.query - 1) / tiles.query;
            Some((0..count).map(|tile| round_up(visited(tile * tiles.query + tiles.query, length), 128)).collect())
        };
        schedule
            .fit(&footprint, Tiles { query: 192, key: 128, apart: false, blocks: 1, once: 1 }, 0, &of)
            .expect("tiles that fit")
            .query
    };
    assert_eq!(chosen(2048, 128, |_, length| length), 192, "long rows want many rows");
    assert_eq!(chosen(512, 512, |end, length| end.min(length)), 128, "under a diagonal, wide tiles waste keys");
    assert_eq!(chosen(256, 512, |_, length| length), 128, "256 rows are no multiple of 192");
    assert_eq!(chosen(256, 16, |_, length| length), 64, "a small grid is spread over more processors");
}

#[test]
fn key_tiles_leave_little_of_the_last_step_empty() {
    let schedule = Schedule::of("sm_90a").expect("the schedule parses");
    let width = |keys: i64, widest: i64| {
        let footprint = Footprint {
            score_depths: vec![16, 16],
            accumulators: vec![vec![16, 32]],
            values: vec![16, 32],
            live_scores: 2,
            terms: 1,
            keys: Some(keys),
            ..Footprint::default()
        };
        let wanted = Tiles { query: 64, key: widest, apart: false, blocks: 1, once: 1 };
        schedule.fit(&footprint, wanted, 0, &|_| None).expect("tiles that fit").key
    };
    assert_eq!(width(256, 128), 64, "registers leave 112, of which 256 is no multiple");
    assert_eq!(width(16384, 80), 80, "one step in many is little");
    assert_eq!(width(200, 128), 112);
}

#[test]
fn few_queries_get_narrow_key_tiles() {
    let schedule = Schedule::of("sm_90a").expect("the schedule parses");
    let width = |queries: i64, depth: i64| {
        let footprint = Footprint {
            score_depths: vec![depth],
            accumulators: vec![vec![depth]],
            values: vec![depth],
            live_scores: 1,
            terms: 1,
            queries: Some(queries),
            keys: Some(8192),
            ..Footprint::default()
        };
        let wanted = Tiles { query: 128, key: 128, apart: false, blocks: 1, once: 1 };
        schedule.fit(&footprint, wanted, 0, &|_| None).expect("tiles that fit").key
    };
    assert_eq!((width(1, 128), width(64, 128), width(65, 128)), (64, 64, 128));
    assert_eq!(width(1, 64), 128, "as many bytes as half as many keys that are twice as deep");
}

#[test]
fn wide_heads_get_narrow_key_tiles() {
    assert_eq!(tiles(&[64], &[64], &[64]).key, 128);
    assert!(tiles(&[256], &[256], &[256]).key <= 96);
    assert!(tiles(&[64, 64], &[128, 128], &[128]).key <= 64);
}

#[test]
fn wide_values_are_cut_into_as_few_blocks_as_possible() {
    let blocks = |depth: i64, columns: &[i64]| {
        let chosen = tiles(&[depth], columns, columns);
        (chosen.blocks, chosen.query, chosen.key >= NARROW_KEYS)
    };
    assert_eq!(blocks(256, &[256]), (1, 128, true));
    assert_eq!(blocks(64, &[257]), (2, 128, true));
    assert_eq!(blocks(64, &[512]).0, 2);
    assert_eq!(blocks(576, &[512]), (2, 64, true), "deep keys leave room for fewer rows");
    assert_eq!(blocks(64, &[1024]).0, 4);
    assert_eq!(blocks(64, &[256, 256]).0, 2, "two results have one block each of either");
    assert_eq!((block_columns(512, 2), block_columns(257, 2)), (256, 144));
    assert_eq!(block_columns(16, 2), 16, "less than a share for each is computed by all");
}

#[test]
fn register_split_stays_within_the_launch() {
    let mut schedule = Schedule::of("sm_90a").expect("the schedule parses");
    for (warpgroups, blocks) in [(1, 1), (2, 1), (3, 1), (1, 2), (1, 3), (1, 4)] {
        for (copies, margin) in [(Copies::None, 0), (Copies::None, 8), (Copies::Vectors, 0), (Copies::Tiles, 0)] {
            schedule.margin = margin;
            let (producer, consumer) = schedule.split(warpgroups, copies, blocks);
            let launched = schedule.launch_registers(warpgroups, blocks);
            assert!(128 * (producer + warpgroups * consumer) <= 128 * (warpgroups + 1) * launched);
            assert!(128 * (warpgroups + 1) * launched * blocks <= schedule.target.registers);
            assert!((24..=240).contains(&producer) && consumer <= 240 && (producer + consumer) % 8 == 0);
        }
    }
}

#[test]
fn a_kernel_that_spilled_gives_registers_to_its_producer() {
    let mut schedule = Schedule::of("sm_90a").expect("the schedule parses");
    assert_eq!(schedule.split(2, Copies::None, 1), (24, 240));
    schedule.margin = 8;
    assert_eq!(schedule.split(2, Copies::None, 1), (40, 232));
    assert_eq!(schedule.split(3, Copies::None, 1), (32, 160), "three warpgroups leave some over");
    schedule.margin = 0;
    assert_eq!(schedule.split(2, Copies::Vectors, 1), (24, 240));
    assert_eq!(schedule.split(3, Copies::Vectors, 1), (32, 160));
}

#[test]
fn parts_that_share_scores_have_one_loop() {
    let schedule = Schedule::of("sm_90a").expect("the schedule parses");
    let chosen = |depth: i64, margin: i64, part_scores: [i64; 2], queries: i64| {
        let footprint = Footprint {
            score_depths: vec![depth, depth],
            accumulators: vec![vec![depth], vec![depth]],
            part_scores: part_scores.to_vec(),
            values: vec![],
            live_scores: part_scores[1],
            terms: 1,
            queries: Some(queries),
            keys: Some(4096),
            batch: Some(16),
        };
        let wanted = Tiles { query: if depth == 64 { 192 } else { 128 }, key: 128, apart: false, blocks: 1, once: 1 };
        let tiles = schedule.fit(&footprint, wanted, margin, &|_| None).expect("tiles that fit");
        (tiles.query, tiles.key, tiles.apart)
    };
    assert_eq!(chosen(64, 0, [1, 2], 4096), (128, 64, false), "rotated, with the registers of two warpgroups");
    assert_eq!(chosen(128, 0, [1, 2], 4096), (128, 64, false), "products overlap");
    assert_eq!(chosen(128, 12, [1, 2], 4096), (128, 64, false), "a small margin takes no keys");
    assert_eq!(
        [40, 64, 96].map(|margin| chosen(128, margin, [1, 2], 4096).1),
        [48, 32, 16],
        "but each larger one some"
    );
    assert!(chosen(128, 0, [1, 1], 4096).2, "maps of their own have loops of their own");
}
