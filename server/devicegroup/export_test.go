package devicegroup

// Estimate is what answers where counting takes long.
var Estimate = estimate
