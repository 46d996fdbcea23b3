//! The built-in pack, its metadata, controls, profiles, settings and waivers.
