/** Where Valhalla reads its tiles from, and how much it may keep and say. */
export interface ValhallaSettings {
  /** Folder of the tiles: absolute for routing, relative to the working folder while building. */
  tileDir: string
  /** Whether Valhalla writes its log to standard output. */
  verbose?: boolean
  /** Threads while building tiles. */
  concurrency?: number
}

/**
 * Labels reserved per search and actor. The defaults (1 to 4 million) reserve 27 GB of virtual memory in four actors,
 * after which `fork` fails; the arrays grow by themselves, so a city loses no speed at this size.
 */
const RESERVED_LABELS = 50_000
/** Bytes of tiles an actor caches; a city is 1 to 17 MB. */
const TILE_CACHE_BYTES = 50_000_000
/** Buckets the tile build sets aside for node ids; the default of 1.3 billion is for a planet. */
const ID_TABLE_SIZE = 20_000_000

const HIERARCHY_TRANSITIONS = { '1': 400, '2': 100 }
const UNIDIRECTIONAL_EXPANSION = { '0': 1e8, '1': 100_000, '2': 5000 }
const BIDIRECTIONAL_EXPANSION = { '0': 1e8, '1': 20_000, '2': 5000 }

/**
 * The whole configuration of Valhalla 3.6, for building tiles and for routing alike. The package's own `getConfig()` needs
 * Python, and a partial configuration fails with "No such node", so every key stands here; values are Valhalla's defaults
 * (its `valhalla_build_config`) but for the reservations above.
 */
export function valhallaConfig(settings: ValhallaSettings): Record<string, unknown> {
  const logging = { type: settings.verbose ? 'std_out' : '', color: false, file_name: '' }
  return {
    mjolnir: mjolnir(settings, logging),
    additional_data: { elevation: '' },
    loki: loki(logging),
    thor: thor(logging),
    odin: {
      logging,
      service: { proxy: '' },
      markup_formatter: {
        markup_enabled: false,
        phoneme_format: '<TEXTUAL_STRING> (<span class=<QUOTES>phoneme<QUOTES>>/<VERBAL_STRING>/</span>)',
      },
    },
    meili: meili(logging),
    httpd: { service: { listen: '', loopback: '', interrupt: '', drain_seconds: 28, shutdown_seconds: 1, timeout_seconds: -1 } },
    service_limits: serviceLimits(),
    statsd: { port: 8125, prefix: 'valhalla' },
  }
}

function mjolnir(settings: ValhallaSettings, logging: object) {
  return {
    tile_dir: settings.tileDir,
    tile_extract: '',
    traffic_extract: '',
    admin: '',
    landmarks: '',
    timezone: '',
    transit_dir: '',
    transit_feeds_dir: '',
    transit_pbf_limit: 20_000,
    max_cache_size: TILE_CACHE_BYTES,
    id_table_size: ID_TABLE_SIZE,
    ...(settings.concurrency === undefined ? {} : { concurrency: settings.concurrency }),
    use_lru_mem_cache: false,
    lru_mem_cache_hard_control: false,
    use_simple_mem_cache: false,
    global_synchronized_cache: false,
    max_concurrent_reader_users: 1,
    hierarchy: true,
    shortcuts: true,
    reclassify_links: true,
    keep_all_osm_node_ids: false,
    keep_osm_node_ids: false,
    include_bicycle: true,
    include_construction: false,
    include_driveways: true,
    include_driving: true,
    include_pedestrian: true,
    include_platforms: false,
    import_bike_share_stations: false,
    data_processing: {
      allow_alt_name: false,
      apply_country_overrides: true,
      grid_divisions_within_tile: 32,
      infer_internal_intersections: true,
      infer_turn_channels: true,
      scan_tar: false,
      use_admin_db: false,
      use_direction_on_ways: false,
      use_rest_area: false,
      use_urban_tag: false,
    },
    logging,
  }
}

function loki(logging: object) {
  return {
    actions: ['locate', 'route', 'sources_to_targets', 'trace_route', 'trace_attributes', 'status'],
    logging: { ...logging, long_request: 100 },
    service: { proxy: '' },
    service_defaults: {
      heading_tolerance: 60,
      minimum_reachability: 50,
      node_snap_tolerance: 5,
      radius: 0,
      search_cutoff: 35_000,
      street_side_max_distance: 1000,
      street_side_tolerance: 5,
    },
    use_connectivity: true,
  }
}

function thor(logging: object) {
  return {
    logging: { ...logging, long_request: 110 },
    service: { proxy: '' },
    source_to_target_algorithm: 'select_optimal',
    clear_reserved_memory: false,
    extended_search: false,
    max_reserved_labels_count_astar: RESERVED_LABELS,
    max_reserved_labels_count_bidir_astar: RESERVED_LABELS,
    max_reserved_labels_count_dijkstras: RESERVED_LABELS,
    max_reserved_labels_count_bidir_dijkstras: RESERVED_LABELS,
    costmatrix: {
      allow_second_pass: false,
      check_reverse_connection: true,
      max_iterations: 2800,
      min_iterations: 100,
      max_reserved_locations: 25,
      hierarchy_limits: { max_up_transitions: HIERARCHY_TRANSITIONS },
    },
    bidirectional_astar: {
      threshold_delta: 420,
      alternative_cost_extend: 1.2,
      alternative_iterations_delta: 100_000,
      hierarchy_limits: { max_up_transitions: HIERARCHY_TRANSITIONS, expand_within_distance: BIDIRECTIONAL_EXPANSION },
    },
    unidirectional_astar: {
      hierarchy_limits: { max_up_transitions: HIERARCHY_TRANSITIONS, expand_within_distance: UNIDIRECTIONAL_EXPANSION },
    },
  }
}

function meili(logging: object) {
  return {
    mode: 'auto',
    customizable: ['mode', 'search_radius', 'turn_penalty_factor', 'gps_accuracy', 'sigma_z', 'beta'],
    verbose: false,
    default: {
      sigma_z: 4.07,
      beta: 3,
      gps_accuracy: 5,
      max_route_distance_factor: 5,
      max_route_time_factor: 5,
      max_search_radius: 100,
      breakage_distance: 2000,
      interpolation_distance: 10,
      search_radius: 50,
      geometry: false,
      route: true,
      turn_penalty_factor: 0,
    },
    auto: { turn_penalty_factor: 200, search_radius: 50 },
    pedestrian: { turn_penalty_factor: 100, search_radius: 50 },
    bicycle: { turn_penalty_factor: 140 },
    multimodal: { turn_penalty_factor: 70 },
    logging,
    service: { proxy: '' },
    grid: { size: 500, cache_size: 100_240 },
  }
}

function serviceLimits() {
  const road = { max_distance: 500_000, max_locations: 50, max_matrix_distance: 200_000, max_matrix_location_pairs: 2500 }
  const astar = { max_allowed_up_transitions: HIERARCHY_TRANSITIONS }
  return {
    auto: road,
    bus: road,
    taxi: road,
    truck: road,
    motor_scooter: road,
    motorcycle: road,
    bicycle: road,
    bikeshare: road,
    transit: road,
    pedestrian: { ...road, min_transit_walking_distance: 1, max_transit_walking_distance: 10_000 },
    multimodal: { ...road, max_matrix_distance: 0, max_matrix_location_pairs: 0 },
    status: { allow_verbose: false },
    skadi: { max_shape: 750_000, min_resample: 10 },
    isochrone: { max_contours: 4, max_time_contour: 120, max_distance: 25_000, max_locations: 1, max_distance_contour: 200 },
    trace: {
      max_distance: 200_000,
      max_gps_accuracy: 100,
      max_search_radius: 100,
      max_shape: 16_000,
      max_alternates: 3,
      max_alternates_shape: 100,
    },
    centroid: { max_distance: 200_000, max_locations: 5 },
    max_exclude_locations: 50,
    max_reachability: 100,
    max_radius: 200,
    max_timedep_distance: 500_000,
    max_timedep_distance_matrix: 0,
    max_alternates: 2,
    max_exclude_polygons_length: 10_000,
    max_distance_disable_hierarchy_culling: 0,
    hierarchy_limits: {
      allow_modification: false,
      costmatrix: astar,
      unidirectional_astar: { ...astar, max_expand_within_distance: UNIDIRECTIONAL_EXPANSION },
      bidirectional_astar: { ...astar, max_expand_within_distance: BIDIRECTIONAL_EXPANSION },
    },
    allow_hard_exclusions: false,
  }
}
