"""What is known of a district: boundaries, meeting places, roads and travel times."""
