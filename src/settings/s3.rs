//! What AWS CLI's commands for S3 read.

/// The nested settings of S3 that AWS CLI has beyond those of the SDKs (its `s3-config` page).
pub const S3_COMMAND_KEYS: [&str; 12] = [
    "max_concurrent_requests",
    "max_queue_size",
    "multipart_threshold",
    "multipart_chunksize",
    "max_bandwidth",
    "preferred_transfer_client",
    "target_bandwidth",
    "io_chunksize",
    "disk_throughput",
    "should_stream",
    "direct_io",
    "bucket_lister",
];
